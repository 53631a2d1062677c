import { AwsError } from '@thingdeck/aws-api'

/** `InvalidRequestException`, 400. */
export const invalidRequest = (message: string): AwsError => new AwsError('InvalidRequestException', message)

/** `ResourceNotFoundException`, 404. */
export const notFound = (message: string): AwsError => new AwsError('ResourceNotFoundException', message)

/** `VersionConflictException`, 409. */
export const versionConflict = (what: string, name: string): AwsError =>
  new AwsError('VersionConflictException', `The version for ${what} ${name} does not match the expected version.`)

/** `ResourceAlreadyExistsException`, 409, with the members that name what is in the way. */
export const alreadyExists = (message: string, resourceId: string, resourceArn: string): AwsError =>
  new AwsError('ResourceAlreadyExistsException', message, { resourceId, resourceArn })

/** What AWS's API model says of a string: length in characters, and a pattern that the whole string matches. */
export interface TextRule {
  readonly minLength: number
  readonly maxLength: number
  /** As the API reference prints it; it is part of AWS's message. */
  readonly pattern: string
  readonly accepts: RegExp
}

const rule = (minLength: number, maxLength: number, pattern: string, accepts = pattern): TextRule => ({
  minLength,
  maxLength,
  pattern,
  accepts: new RegExp(`^(?:${accepts})$`, 'u'),
})

/** Names of things, thing types, thing groups and billing groups. API reference, CreateThing. */
export const NAME = rule(1, 128, '[a-zA-Z0-9:_-]+')
/** API reference, AttributePayload. */
export const ATTRIBUTE_NAME = rule(0, 128, '[a-zA-Z0-9_.,@/:#-]+')
/** API reference, AttributePayload. No blanks. */
export const ATTRIBUTE_VALUE = rule(0, 800, '[a-zA-Z0-9_.,@/:#=\\[\\]-]*')
/** Java's `\p{Graph}` is what is neither a control, a separator nor unassigned. */
export const DESCRIPTION = rule(0, 2028, '[\\p{Graph}\\x20]*', '[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\x20]*')
/** API reference, PropagatingAttribute. */
export const USER_PROPERTY_KEY = rule(1, 128, '[a-zA-Z0-9:$.]+')
/** API reference, Tag. */
export const TAG_KEY = rule(1, 128, '^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$', '[\\p{L}\\p{Z}\\p{N}_.:\\/=+\\-@]*')
export const TAG_VALUE = rule(0, 256, '^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$', '[\\p{L}\\p{Z}\\p{N}_.:\\/=+\\-@]*')

const memberFault = (value: string, rule: TextRule): string | undefined => {
  const length = [...value].length
  if (length > rule.maxLength) return `Member must have length less than or equal to ${rule.maxLength}`
  if (length < rule.minLength) return `Member must have length greater than or equal to ${rule.minLength}`
  if (!rule.accepts.test(value)) return `Member must satisfy regular expression pattern: ${rule.pattern}`
  return undefined
}

/** The fault of `value`, the member at `path`, in AWS's words; undefined when there is none or no value. */
export function textFault(path: string, value: string | undefined, rule: TextRule): string | undefined {
  if (value === undefined) return undefined
  const fault = memberFault(value, rule)
  return fault && `Value '${value}' at '${path}' failed to satisfy constraint: ${fault}`
}

/** The same for every item of a list: AWS numbers the members from 1. */
export function listFaults(
  path: string,
  values: readonly string[] | undefined,
  rule: TextRule,
): (string | undefined)[] {
  return (values ?? []).map((value, index) => textFault(`${path}.${index + 1}.member`, value, rule))
}

/** The same for the keys and values of a map, e.g. of `attributePayload.attributes`. */
export function mapFaults(
  path: string,
  map: Readonly<Record<string, string>> | undefined,
  keyRule: TextRule,
  valueRule: TextRule,
): string[] {
  if (map === undefined) return []
  const entries = Object.entries(map)
  const printed = `{${entries.map(([key, value]) => `${key}=${value}`).join(', ')}}`
  const fault = (part: string, rule: TextRule) =>
    `Value '${printed}' at '${path}' failed to satisfy constraint: Map ${part} must satisfy constraint: ` +
    `[Member must have length less than or equal to ${rule.maxLength}, ` +
    `Member must have length greater than or equal to ${rule.minLength}, ` +
    `Member must satisfy regular expression pattern: ${rule.pattern}]`
  const faults: string[] = []
  if (entries.some(([key]) => memberFault(key, keyRule))) faults.push(fault('keys', keyRule))
  if (entries.some(([, value]) => memberFault(value, valueRule))) faults.push(fault('value', valueRule))
  return faults
}

/** The fault of a number outside `least`..`most`. */
export function rangeFault(path: string, value: number | undefined, least: number, most: number): string | undefined {
  if (value === undefined || (value >= least && value <= most)) return undefined
  const bound = value < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`
  return `Value '${value}' at '${path}' failed to satisfy constraint: Member must have value ${bound}`
}

/**
 * Refuses the request if any member is at fault.
 * @throws {AwsError} InvalidRequestException that lists every fault, as AWS does
 */
export function validate(...found: readonly (string | undefined | readonly (string | undefined)[])[]): void {
  const faults = found.flat().filter((fault) => fault !== undefined)
  if (faults.length === 0) return
  const errors = faults.length === 1 ? '1 validation error' : `${faults.length} validation errors`
  throw invalidRequest(`${errors} detected: ${faults.join('; ')}`)
}
