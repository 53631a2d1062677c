import type { PureFunction } from '../rule-function.ts'

/** How many arguments a call has: just so many, or at least and at most. */
export type Arity = number | readonly [min: number, max: number]

type Options = Omit<PureFunction, 'kind' | 'name' | 'minArgs' | 'maxArgs' | 'isConstant' | 'call'>

/** A function whose result depends on its arguments alone. */
export function define(name: string, arity: Arity, call: PureFunction['call'], options: Options = {}): PureFunction {
  return { kind: 'pure', name, ...boundsOf(arity), isConstant: true, call, ...options }
}

/** A function of the message, of the account, of the time, or of chance. */
export function defineVarying(
  name: string,
  arity: Arity,
  call: PureFunction['call'],
  options: Options = {},
): PureFunction {
  return { ...define(name, arity, call, options), isConstant: false }
}

export function boundsOf(arity: Arity): { readonly minArgs: number; readonly maxArgs: number } {
  const [minArgs, maxArgs] = typeof arity === 'number' ? [arity, arity] : arity
  return { minArgs, maxArgs }
}
