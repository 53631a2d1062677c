import { InvalidAction } from './action-error.ts'
import type { ActionOptions } from './execution.ts'
import type { InfluxDbSettings } from './settings.ts'

const UNITS: readonly string[] = ['s', 'ms', 'us', 'ns']

/**
 * What AWS's model says of the action's members.
 * @throws {InvalidAction} that names the member
 * @see AWS IoT API reference, `InfluxDBAction` and `InfluxDBBatchConfig`
 */
export function checkInfluxDb(settings: InfluxDbSettings, { place, isErrorAction }: ActionOptions): void {
  const { databaseName, tableName, organization, tags = {}, timestampUnit = 'ms', batchConfig } = settings
  const refuse = (member: string, expected: string) => new InvalidAction(`${place}.${member}: ${expected}.`)
  const mustHaveLength = (member: string, text: string, min: number, max: number) => {
    if (text.length < min || text.length > max) throw refuse(member, `it must have ${min} to ${max} characters`)
  }
  mustHaveLength('databaseName', databaseName, 2, 64)
  if (databaseName.startsWith('_')) throw refuse('databaseName', 'it must not begin with _')
  mustHaveLength('tableName', tableName, 1, 1024)
  if (organization !== undefined) mustHaveLength('organization', organization, 1, 64)
  if (Object.keys(tags).length > 498) throw refuse('tags', 'there may be at most 498')
  for (const [name, value] of Object.entries(tags)) {
    mustHaveLength('tags, the name of one', name, 1, 256)
    mustHaveLength(`tags.${name}`, value, 1, 1024)
  }
  if (!UNITS.includes(timestampUnit)) throw refuse('timestampUnit', `it must be one of ${UNITS.join(', ')}`)
  if (!batchConfig) return
  if (isErrorAction) throw refuse('batchConfig', 'an error action cannot be batched')
  for (const [member, min, max] of [
    ['maxBatchSize', 1, 500],
    ['maxBatchOpenMs', 5, 1000],
    ['maxBatchSizeBytes', 100, 131_072],
  ] as const) {
    const value = batchConfig[member]
    if (value !== undefined && (value < min || value > max)) {
      throw refuse(`batchConfig.${member}`, `it must be ${min} to ${max}`)
    }
  }
}
