import { type Code, sync } from './code.ts'
import type { Frame, Run } from './frame.ts'
import type { Numbers } from './numbers.ts'
import { type ApplyBinary, binaryOperator } from './operators.ts'
import type { BinaryOperator } from './syntax.ts'
import type { Value } from './value.ts'

type RunCode = (frame: Frame) => Value

/**
 * An operator with its two sides, the left one first. What rules have most, a field beside a constant and conditions
 * joined by AND, has closures of its own: a compiler of JavaScript sees through those, and not through one for all.
 */
export function binaryCode(operator: BinaryOperator, left: Code, right: Code, numbers: Numbers): Code {
  const apply = binaryOperator(operator, numbers)
  if (left.isAsync || right.isAsync) return asyncBinary(left, right, apply)
  const { run: runLeft } = left
  if (right.known !== undefined) {
    const { value } = right.known
    const special = typeof value === 'number' ? besideNumber(operator, runLeft, value, apply) : undefined
    return sync(special ?? besideConstant(operator, runLeft, value, apply))
  }
  return sync(joined(operator, runLeft, right.run, apply))
}

function asyncBinary(left: Code, right: Code, apply: (left: Value, right: Value, run: Run) => Value): Code {
  return {
    isAsync: true,
    run: async (frame) => {
      const value = await left.run(frame)
      return apply(value, await right.run(frame), frame.run)
    },
  }
}

function joined(operator: BinaryOperator, runLeft: RunCode, runRight: RunCode, apply: ApplyBinary): RunCode {
  if (operator === 'AND') {
    return (frame) => {
      const a = runLeft(frame)
      const b = runRight(frame)
      return typeof a === 'boolean' && typeof b === 'boolean' ? a && b : apply(a, b, frame.run)
    }
  }
  return (frame) => apply(runLeft(frame), runRight(frame), frame.run)
}

function besideConstant(operator: BinaryOperator, runLeft: RunCode, value: Value, apply: ApplyBinary): RunCode {
  if (operator === '=' && (typeof value === 'string' || typeof value === 'boolean')) {
    return (frame) => {
      const a = runLeft(frame)
      return a === value ? true : apply(a, value, frame.run)
    }
  }
  return (frame) => apply(runLeft(frame), value, frame.run)
}

function besideNumber(
  operator: BinaryOperator,
  runLeft: RunCode,
  value: number,
  apply: ApplyBinary,
): RunCode | undefined {
  switch (operator) {
    case '<':
      return (frame) => {
        const a = runLeft(frame)
        return typeof a === 'number' ? a < value : apply(a, value, frame.run)
      }
    case '<=':
      return (frame) => {
        const a = runLeft(frame)
        return typeof a === 'number' ? a <= value : apply(a, value, frame.run)
      }
    case '>':
      return (frame) => {
        const a = runLeft(frame)
        return typeof a === 'number' ? a > value : apply(a, value, frame.run)
      }
    case '>=':
      return (frame) => {
        const a = runLeft(frame)
        return typeof a === 'number' ? a >= value : apply(a, value, frame.run)
      }
    default:
      return undefined
  }
}
