import { RuleFailure } from '../../rule-failure.ts'
import type { FunctionContext, ServiceFunction } from '../../rule-function.ts'
import type { RuleServices } from '../../services.ts'
import type { Value } from '../../value.ts'
import { type Arity, boundsOf } from '../define.ts'

type Options = Omit<ServiceFunction, 'kind' | 'name' | 'minArgs' | 'maxArgs' | 'call'>

/**
 * A function that asks for something by the service `key`, which may not be there.
 * @param ask is only called where it is; it may give Undefined without asking
 */
export function defineService<K extends keyof RuleServices>(
  name: string,
  arity: Arity,
  key: K,
  ask: (service: NonNullable<RuleServices[K]>, args: readonly Value[], context: FunctionContext) => Promise<Value>,
  options: Options = {},
): ServiceFunction {
  return {
    kind: 'service',
    name,
    ...boundsOf(arity),
    call: async (args, context) => {
      const service = context.environment.services[key]
      if (service === undefined) {
        throw new RuleFailure('SERVICE_MISSING', `${name}() cannot be asked here: nobody answers for AWS`, {
          function: name,
        })
      }
      return ask(service, args, context)
    },
    ...options,
  }
}

/** Why a function ends the rule. */
export function failure(name: string, reason: string): RuleFailure {
  return new RuleFailure('FUNCTION_FAILED', `${name}() failed: ${reason}`, { function: name })
}
