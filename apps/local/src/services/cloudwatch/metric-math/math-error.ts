/** What is wrong with an expression. */
export class MathError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'MathError'
  }
}
