import { isJsonObject, type JsonValue } from '@thingdeck/json'
import { ShadowError, type UpdateRequest } from '@thingdeck/shadows'

const MEMBERS: ReadonlySet<string> = new Set(['version', 'attributes'])

/**
 * Refuses what the reserved shadow does not hold: under the name of a package there are `version`, a text, and
 * `attributes`, an object of texts, and nothing else; `null` takes any of them away.
 * @throws {ShadowError} 400
 * @see AWS IoT developer guide, "Preparing to use Software Package Catalog", reserved named shadow
 */
export function checkPackageShadow({ state, clientToken }: UpdateRequest): void {
  for (const section of ['desired', 'reported'] as const) {
    for (const [packageName, value] of state?.[section] ?? []) {
      const wrong = whatIsWrong(value)
      if (wrong === undefined) continue
      throw new ShadowError(400, `state.${section}.${packageName} of the reserved shadow $package ${wrong}`, {
        clientToken,
      })
    }
  }
}

function whatIsWrong(value: JsonValue): string | undefined {
  if (value === null) return undefined
  if (!isJsonObject(value)) return 'must be an object with version and attributes'
  const other = [...value].map(([name]) => name).find((name) => !MEMBERS.has(name))
  if (other !== undefined) return `may hold version and attributes, not ${other}`
  const [version, attributes] = [value.get('version') ?? null, value.get('attributes') ?? null]
  if (version !== null && typeof version !== 'string') return 'must have a text as its version'
  if (attributes === null) return undefined
  const areTexts =
    isJsonObject(attributes) && [...attributes].every(([, each]) => each === null || typeof each === 'string')
  return areTexts ? undefined : 'must have an object of texts as its attributes'
}
