import { useQueries } from '@tanstack/react-query'
import type { TemplateUse } from '@thingdeck/provisioning'
import { useMemo } from 'react'
import { surroundingsQuery } from '../api.ts'
import { type Outcome, outcomeOf } from './outcome.ts'
import { type Rehearsed, rehearse } from './rehearse.ts'
import type { RehearsedDevice } from './rehearsed-device.ts'
import { surroundingsOf } from './surroundings-of.ts'

/** What becomes of a device. */
export type DeviceOutcome =
  | Exclude<Rehearsed, { kind: 'planned' }>
  | { readonly kind: 'pending' }
  | { readonly kind: 'unread'; readonly error: Error }
  | { readonly kind: 'outcome'; readonly outcome: Outcome }

/**
 * What a template makes of each device, with the resources of the account as they are now.
 * @param overridesOf what a hook has in place of a device's parameters
 */
export function useOutcomes(
  templateBody: string,
  use: TemplateUse,
  devices: readonly RehearsedDevice[],
  overridesOf: ReadonlyMap<string, Readonly<Record<string, string>>>,
): ReadonlyMap<string, DeviceOutcome> {
  const rehearsed = useMemo(
    () =>
      devices.map(({ id, parameters, pseudo }) => ({
        id,
        result: rehearse(templateBody, use, { ...parameters, ...overridesOf.get(id) }, pseudo),
      })),
    [templateBody, use, devices, overridesOf],
  )
  // Devices of a kind are asked for once.
  const questions = useMemo(
    () =>
      new Map(
        rehearsed.flatMap(({ result }) => {
          if (result.kind !== 'planned') return []
          const question = surroundingsOf(result.plan)
          return [[JSON.stringify(question), question] as const]
        }),
      ),
    [rehearsed],
  )
  const keys = [...questions.keys()]
  const answers = useQueries({ queries: [...questions.values()].map((question) => surroundingsQuery(question)) })
  return new Map(
    rehearsed.map(({ id, result }): [string, DeviceOutcome] => {
      if (result.kind !== 'planned') return [id, result]
      const answer = answers[keys.indexOf(JSON.stringify(surroundingsOf(result.plan)))]
      if (answer?.error) return [id, { kind: 'unread', error: answer.error }]
      if (!answer?.data) return [id, { kind: 'pending' }]
      return [id, { kind: 'outcome', outcome: outcomeOf(result.plan, answer.data) }]
    }),
  )
}
