import { ApiError } from '../http.ts'

/** Codes that say which field is meant, e.g. `{ ResourceAlreadyExistsException: 'thingName' }`. */
export type FieldsOfCodes<Name extends string> = Readonly<Record<string, Name>>

/**
 * The fields that a refusal names, each with what is wrong with it. AWS's validation names members (`Value 'a b' at
 * 'thingName' failed to satisfy constraint: Member must …`, several behind each other with `; `), the console's own
 * server paths of the body (`body/thingName must …`). Empty where it names none that the form has.
 * @see Smithy, "smithy.framework#ValidationException"
 */
export function refusedFields<Name extends string>(
  error: Error,
  names: readonly Name[],
  ofCodes: FieldsOfCodes<Name> = {},
): ReadonlyMap<Name, string> {
  const refused = new Map<Name, string>()
  if (!(error instanceof ApiError)) return refused
  const byCode = ofCodes[error.code]
  if (byCode !== undefined) return refused.set(byCode, error.message)
  for (const part of error.message
    .replace(/^\d+ validation errors? detected: /, '')
    .split(/; (?=Value )|, (?=body\/)/)) {
    const path = /\bat '([^']+)' failed to satisfy constraint/.exec(part)?.[1] ?? /^body\/(\S+) /.exec(part)?.[1]
    const member = path?.split(/[./]/).find((each) => names.some((name) => name === each))
    const name = names.find((each) => each === member)
    if (name !== undefined && !refused.has(name)) refused.set(name, constraintOf(part))
  }
  return refused
}

/** What AWS says of the member, without the value, which stands in the field above. */
function constraintOf(part: string): string {
  const constraint = /failed to satisfy constraint: (.*)$/s.exec(part)?.[1] ?? part.replace(/^body\/\S+ /, 'It ')
  return constraint.replace(/^Member must/, 'It must')
}
