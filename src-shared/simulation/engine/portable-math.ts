/**
 * Logarithm and exponential from the four basic operations alone. ECMAScript leaves the last bit of `Math.log` and
 * `Math.exp` to the engine; a simulation that must give the same result on every machine cannot.
 *
 * Source: fdlibm 5.3, e_log.c and e_exp.c (Sun Microsystems, freely distributable); errors below 1 ulp.
 */

/** A float64 in the byte order of nearly every machine, given to each access so that it is right on all. */
const bits = new DataView(new ArrayBuffer(8));
const littleEndian = true;
const highWord = 4;

const ln2High = 6.9314718036912381649e-1;
const ln2Low = 1.90821492927058770002e-10;

/** Natural logarithm of a positive, finite, normal number. */
export function log(x: number): number {
  bits.setFloat64(0, x, littleEndian);
  const high = bits.getInt32(highWord, littleEndian);
  const fractionBits = high & 0xfffff;
  // x = 2^exponent (1 + f) with 1 + f between sqrt(1/2) and sqrt(2).
  const carry = (fractionBits + 0x95f64) & 0x100000;
  bits.setInt32(highWord, fractionBits | (carry ^ 0x3ff00000), littleEndian);
  const exponent = (high >> 20) - 1023 + (carry >> 20);
  const f = bits.getFloat64(0, littleEndian) - 1;

  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const evenTerms =
    w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const oddTerms =
    z *
    (6.66666666666673513e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const halfSquare = 0.5 * f * f;
  const rest = s * (halfSquare + (evenTerms + oddTerms));
  return exponent * ln2High - (halfSquare - (rest + exponent * ln2Low) - f);
}

/** e to the power of x; Infinity above 709.78, 0 below -708.39 (subnormal results are flushed). */
export function exp(x: number): number {
  if (x > 709.782712893384) return Infinity;
  if (x < -708.3964185322641) return 0;
  const exponent = Math.round(x * 1.442695040888963387);
  const high = x - exponent * ln2High;
  const low = exponent * ln2Low;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 +
            t *
              (6.61375632143793436117e-5 + t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  return y * powerOfTwo(exponent);
}

function powerOfTwo(exponent: number): number {
  // 2^1024 does not fit a float64 though its product with y < 1 may.
  if (exponent > 1023) return 2 * powerOfTwo(exponent - 1);
  bits.setInt32(highWord, (exponent + 1023) << 20, littleEndian);
  bits.setInt32(0, 0, littleEndian);
  return bits.getFloat64(0, littleEndian);
}
