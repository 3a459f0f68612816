import type { Recall } from './predicted-recall.ts';

/** How well predicted recall agrees with what happened. Lower is better for both figures. */
export interface FitQuality {
  /** Mean of -ln(probability given to what happened): 0 for a prophet, 0.693 for a tossed coin. */
  readonly logLoss: number;
  /** RMSE(bins), 0-1: by how much predicted and real recall differ within recalls of a kind. */
  readonly rmse: number;
  /** How many recalls were predicted. */
  readonly reviews: number;
}

/** Collects predictions one by one. */
export interface QualityTally {
  readonly add: (recall: Recall) => void;
  /** NaN for both figures while nothing was added. */
  readonly quality: () => FitQuality;
}

/** No prediction counts as certain: one that fails would make the mean infinite. */
const leastProbability = 1e-7;

const powerBin = (value: number, scale: number, base: number) =>
  scale * base ** Math.floor(Math.log(value) / Math.log(base));

/**
 * The kind of a recall, by interval, number of recalls and lapses, in bins that grow by powers. The constants are
 * those of FSRS's own evaluation: `r_matrix_index` in https://github.com/open-spaced-repetition/fsrs-rs/blob/main/src/dataset.rs
 */
function binOf({ intervalDays, recalls, lapses }: Recall): string {
  const interval = Math.round(powerBin(intervalDays, 2.48, 3.62) * 100);
  const length = Math.round(powerBin(recalls + 1, 1.99, 1.89));
  const lapse = lapses === 0 ? 0 : Math.round(powerBin(lapses, 1.65, 1.73));
  return `${interval}/${length}/${lapse}`;
}

/**
 * Log loss and RMSE(bins) as the benchmark of spaced repetition defines them: every recall counts the same, and
 * RMSE(bins) is the root of the mean, weighted by the size of the bins, of the squared difference between a bin's
 * mean prediction and its share of recalls (https://github.com/open-spaced-repetition/srs-benchmark#metrics).
 */
export function qualityTally(): QualityTally {
  const bins = new Map<string, { predicted: number; recalled: number; count: number }>();
  let loss = 0;
  let reviews = 0;
  return {
    add(recall) {
      const happened = recall.recalled ? recall.predicted : 1 - recall.predicted;
      loss -= Math.log(Math.max(happened, leastProbability));
      reviews += 1;
      const key = binOf(recall);
      const bin = bins.get(key) ?? { predicted: 0, recalled: 0, count: 0 };
      bins.set(key, bin);
      bin.predicted += recall.predicted;
      bin.recalled += recall.recalled ? 1 : 0;
      bin.count += 1;
    },
    quality() {
      let squares = 0;
      for (const { predicted, recalled, count } of bins.values())
        squares += (predicted - recalled) ** 2 / count;
      return { logLoss: loss / reviews, rmse: Math.sqrt(squares / reviews), reviews };
    },
  };
}
