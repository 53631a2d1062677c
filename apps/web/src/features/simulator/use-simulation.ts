import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { AuthorizationFacts } from '@thingdeck/contract'
import {
  type ClientRequest,
  type ContextValue,
  type GivenValues,
  type RequestDecision,
  requestContext,
} from '@thingdeck/policies'
import { useMemo } from 'react'
import {
  type Check,
  type ConnectOptions,
  type Door,
  doorOf,
  formatCheck,
  parseCheck,
  requestOf,
} from '../../shared/authorization/check.ts'
import { factsQuery, idOfPrincipal, thingQuery } from '../../shared/authorization/facts.ts'
import { type PolicySet, policySetOf, type Replacements } from '../../shared/authorization/policy-set.ts'
import { simulate } from '../../shared/authorization/simulate.ts'
import { useReplacements } from '../../shared/authorization/use-replacements.ts'
import { type SimulatorSearch, valuesOf } from './search.ts'

/**
 * What is known of who asks: `reading` is on its way, `failed` could not be read, `nobody` was not chosen or is not
 * there.
 */
type Asker = 'known' | 'reading' | 'failed' | 'nobody'

/** A check with its answer. */
export interface CheckedRow {
  readonly check: Check
  readonly door: Door
  readonly request: ClientRequest | undefined
  readonly asker: Asker
  /** Undefined: nothing can be said yet. */
  readonly outcome: RequestDecision | undefined
  readonly context: ReadonlyMap<string, ContextValue>
  readonly policies: PolicySet | undefined
}

export interface Simulation {
  readonly principalId: string | undefined
  /** Of the thing that was chosen; undefined: they are not known, or none was chosen. */
  readonly principals: readonly string[] | undefined
  readonly clientId: string
  readonly connect: ConnectOptions
  readonly facts: AuthorizationFacts | undefined
  readonly rows: readonly CheckedRow[]
  /** CONNECT as the page says: without it, nothing over MQTT happens. */
  readonly connecting: CheckedRow | undefined
  readonly policies: PolicySet | undefined
  readonly replacements: Replacements
  /** Drafts and versions that are named in the address, and are not there. */
  readonly lost: readonly string[]
  readonly thingError: Error | null
  readonly error: Error | null
  readonly refetch: () => void
}

/** Reads what decides, and decides. */
export function useSimulation(search: SimulatorSearch): Simulation {
  const thing = useQuery({ ...thingQuery(search.thing ?? ''), enabled: search.thing !== undefined })
  const principals = search.thing === undefined ? undefined : thing.data?.principals
  const principalId = search.certificate ?? search.identity ?? principals?.map(idOfPrincipal)[0]
  const https = useQuery({ ...factsQuery(principalId ?? '', undefined), enabled: principalId !== undefined })
  const clientId = search.client ?? search.thing ?? https.data?.things[0]?.thingName ?? ''
  const mqtt = useQuery({
    ...factsQuery(principalId ?? '', clientId === '' ? undefined : clientId),
    enabled: principalId !== undefined,
  })
  const { replacements, lost } = useReplacements(search)
  const mqttAsker = askerOf(principalId, thing.isLoading, mqtt)
  const httpsAsker = askerOf(principalId, thing.isLoading, https)

  const simulated = useMemo(() => {
    const connect: ConnectOptions = {
      clientId,
      isPersistent: search.persistent === '1',
      ...(search.will !== undefined && { will: { topic: search.will, retain: search.willRetain === '1' } }),
    }
    const given: GivenValues = { sourceIp: search.ip, values: valuesOf(search.set) }
    const sideOf = (facts: AuthorizationFacts | undefined, door: Door) =>
      facts && {
        facts,
        policies: policySetOf(facts.policies, replacements),
        context: requestContext(facts, door === 'mqtt' ? clientId : undefined, given),
      }
    const sides = { mqtt: sideOf(mqtt.data, 'mqtt'), https: sideOf(https.data, 'https') }
    const answer = (check: Check): CheckedRow => {
      const door = doorOf(check, search.over ?? 'mqtt')
      const request = requestOf(check, connect)
      const side = sides[door]
      return {
        check,
        door,
        request,
        asker: door === 'mqtt' ? mqttAsker : httpsAsker,
        outcome: side && request && simulate(side.facts, side.policies, side.context, request),
        context: side?.context ?? new Map(),
        policies: side?.policies,
      }
    }
    const checks = (search.check ?? []).map((text) => parseCheck(text) ?? { action: text, on: '' })
    return {
      connect,
      rows: checks.map(answer),
      connecting: answer({ action: 'iot:Connect', on: '' }),
      policies: sides.mqtt?.policies,
    }
  }, [mqtt.data, https.data, mqttAsker, httpsAsker, search, clientId, replacements])

  return {
    principalId,
    principals,
    clientId,
    facts: mqtt.data,
    ...simulated,
    replacements,
    lost,
    thingError: thing.error,
    error: mqtt.error ?? https.error,
    refetch: () => {
      void thing.refetch()
      void https.refetch()
      void mqtt.refetch()
    },
  }
}

function askerOf(
  principalId: string | undefined,
  isThingLoading: boolean,
  { data, error }: Pick<UseQueryResult<AuthorizationFacts>, 'data' | 'error'>,
): Asker {
  if (principalId === undefined) return isThingLoading ? 'reading' : 'nobody'
  if (data) return 'known'
  return error ? 'failed' : 'reading'
}

/** The address's parameter for a principal. */
export const principalSearch = (principalId: string | undefined): Pick<SimulatorSearch, 'certificate' | 'identity'> =>
  principalId === undefined || principalId === ''
    ? {}
    : /^[0-9a-f]{64}$/i.test(principalId)
      ? { certificate: principalId.toLowerCase() }
      : { identity: principalId }

/** The same checks as the address has them. */
export const checkParams = (checks: readonly Check[]): readonly string[] | undefined =>
  checks.length === 0 ? undefined : checks.map(formatCheck)
