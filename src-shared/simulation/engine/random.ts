import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

const scale = 2 ** -53;

/** One source of chance: an endless row of numbers that its seed and its name alone decide. */
export class RandomStream {
  private readonly generator: RandomGenerator;

  constructor(generator: RandomGenerator) {
    this.generator = generator;
  }

  /** Uniform in [0, 1), with all 53 bits that a float64 can hold. */
  uniform(): number {
    const high = this.generator.next() >>> 5;
    const low = this.generator.next() >>> 6;
    return (high * 0x4000000 + low) * scale;
  }

  /** Uniform integer in [0, below). */
  below(below: number): number {
    return Math.floor(this.uniform() * below);
  }
}

/**
 * A stream for each source of chance, named after it. A stream is not moved by what others draw, so two configurations
 * on one seed see the same arrivals and the same work (common random numbers).
 */
export function randomStream(seed: number, name: string): RandomStream {
  // FNV-1a over the name.
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  // Four words, each from seed and name mixed anew, so that neighbouring seeds start far apart.
  const spread = mix(seed | 0);
  const word = (i: number): number => mix((spread + i * 0x9e3779b9) ^ mix(hash + i * 0x85ebca6b));
  return new RandomStream(xoroshiro128plusFromState([word(1), word(2), word(3), word(4) | 1]));
}

/** The finaliser of SplitMix32: a bijection of 32-bit integers in which every input bit moves half of the output bits. */
function mix(value: number): number {
  let z = value | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return z ^ (z >>> 15);
}
