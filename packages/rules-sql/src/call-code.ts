import { type Code, constant, mapAll, runAll, sync } from './code.ts'
import type { CompileContext } from './compile-context.ts'
import type { Frame } from './frame.ts'
import { Numbers } from './numbers.ts'
import { RuleFailure } from './rule-failure.ts'
import type { ServiceFunction } from './rule-function.ts'
import { charge } from './steps.ts'
import type { Expression } from './syntax.ts'
import type { Value } from './value.ts'

/**
 * A call. With too few or too many arguments it is Undefined, as AWS has it.
 * @param isOutermost whether `*` is the message, and not the element of a nested query
 */
export function callCode(
  { name, args }: Expression & { kind: 'call' },
  { functions, sqlVersion }: CompileContext,
  compile: (argument: Expression) => Code,
  isOutermost: boolean,
): Code {
  const called = functions.taking(name, args.length)
  if (called === undefined) return constant(undefined)
  const codes = args.map((argument, index) => {
    if (isOutermost && argument.kind === 'whole' && called.takesBytes?.includes(index)) {
      return sync(({ run }) => run.message.payload)
    }
    const code = compile(argument)
    return called.failureIsUndefined?.includes(index) ? recovering(code) : code
  })
  if (called.kind === 'service') return serviceCall(called, codes)
  const known = args.map((argument) => knownValue(argument, sqlVersion))
  const call = called.prepare?.(known, sqlVersion) ?? called.call
  return mapAll(codes, (values, { run }) => {
    charge(run, 1)
    return call(values, run)
  })
}

function serviceCall(called: ServiceFunction, codes: readonly Code[]): Code {
  return {
    isAsync: true,
    run: async (frame) => {
      const values = await runAll(codes, frame)
      charge(frame.run, 1)
      try {
        return await called.call(values, frame.run)
      } catch (cause) {
        if (cause instanceof RuleFailure) throw cause
        const reason = cause instanceof Error ? cause.message : String(cause)
        throw new RuleFailure('FUNCTION_FAILED', `${called.name}() failed: ${reason}`, { function: called.name, cause })
      }
    },
  }
}

/** Undefined where evaluating fails; what a run may cost stays its bound. */
function recovering(code: Code): Code {
  const recover = (error: unknown): undefined => {
    if (error instanceof RuleFailure && error.code !== 'TOO_MANY_STEPS') return undefined
    throw error
  }
  if (code.isAsync) return { isAsync: true, run: (frame) => code.run(frame).catch(recover) }
  return sync((frame: Frame) => {
    try {
      return code.run(frame)
    } catch (error) {
      return recover(error)
    }
  })
}

/** The value of a literal. */
export function knownValue(
  expression: Expression,
  sqlVersion: CompileContext['sqlVersion'],
): { readonly value: Value } | undefined {
  switch (expression.kind) {
    case 'string':
      return { value: expression.text }
    case 'number':
      return { value: Numbers.of(sqlVersion).parse(expression.text) }
    case 'constant':
      return { value: expression.value }
    case 'unary': {
      const { operator, operand } = expression
      if (operator !== '-' || operand.kind !== 'number') return undefined
      const number = Numbers.of(sqlVersion).parse(operand.text)
      return number === undefined ? undefined : { value: Numbers.of(sqlVersion).negate(number) }
    }
    default:
      return undefined
  }
}
