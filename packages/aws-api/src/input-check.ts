import { readService } from './operation.ts'
import type { ServiceTraits } from './types.ts'
import { validate } from './validation.ts'

/** What is wrong with the input of an operation, in AWS's words; undefined where all is well. */
export type InputCheck = (operation: string, input: object) => string | undefined

/**
 * Checks inputs as the dispatcher does before a handler runs, for calls that come through no door.
 * @param sdk the SDK's module of the service
 */
export function inputCheck(traits: ServiceTraits, sdk: object): InputCheck {
  const { operations } = readService({ ...traits, sdk, handlers: {} })
  return (operation, input) =>
    validate(operations.get(operation)?.input.shape.members ?? [], Object.fromEntries(Object.entries(input)))
}
