/** A symmetric matrix as rows one after the other; only the lower half is read. */
export type Symmetric = Float64Array;

/** The lower triangle L of a positive definite matrix A = L Lᵀ, or null where A is not positive definite (to rounding). */
export function cholesky(matrix: Symmetric, size: number): Float64Array | null {
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = matrix[i * size + j] ?? 0;
      for (let k = 0; k < j; k += 1) sum -= (lower[i * size + k] ?? 0) * (lower[j * size + k] ?? 0);
      if (i > j) lower[i * size + j] = sum / (lower[j * size + j] ?? 1);
      else if (sum > 1e-10 * Math.abs(matrix[i * size + i] ?? 0)) lower[i * size + i] = Math.sqrt(sum);
      else return null;
    }
  }
  return lower;
}

/** Solves L Lᵀ x = b. */
export function choleskySolve(lower: Float64Array, size: number, b: Float64Array): Float64Array {
  const x = Float64Array.from(b);
  for (let i = 0; i < size; i += 1) {
    let sum = x[i] ?? 0;
    for (let k = 0; k < i; k += 1) sum -= (lower[i * size + k] ?? 0) * (x[k] ?? 0);
    x[i] = sum / (lower[i * size + i] ?? 1);
  }
  for (let i = size - 1; i >= 0; i -= 1) {
    let sum = x[i] ?? 0;
    for (let k = i + 1; k < size; k += 1) sum -= (lower[k * size + i] ?? 0) * (x[k] ?? 0);
    x[i] = sum / (lower[i * size + i] ?? 1);
  }
  return x;
}

/** (L Lᵀ)⁻¹, both halves filled. */
export function choleskyInverse(lower: Float64Array, size: number): Symmetric {
  const inverse = new Float64Array(size * size);
  const unit = new Float64Array(size);
  for (let column = 0; column < size; column += 1) {
    unit.fill(0);
    unit[column] = 1;
    inverse.set(choleskySolve(lower, size, unit), column * size);
  }
  return inverse;
}
