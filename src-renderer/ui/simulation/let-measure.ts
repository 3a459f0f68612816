import type { CurvePoints } from '#shared/simulation/curve.ts';
import type { Message } from './protocol.ts';

/** Lets a worker that nobody looks at any more measure its curve to the end, and ends it then; null is told where it failed. */
export function letMeasure(worker: Worker, onmeasured: (curve: CurvePoints | null) => void): void {
  const end = (curve: CurvePoints | null): void => {
    onmeasured(curve);
    worker.terminate();
  };
  worker.addEventListener('error', () => end(null));
  worker.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (data.type === 'measured') end(data.curve);
  });
}
