import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { AuthorizationFacts } from '@thingdeck/contract'
import {
  arnPrefix,
  type ClientRequest,
  COGNITO_NEEDS_BOTH,
  type ContextValue,
  decideAsPrincipal,
  type GivenValues,
  type PrincipalSide,
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
import { useReplacements } from '../../shared/authorization/use-replacements.ts'
import { usePolicyHome } from '../../shared/policy-editor/use-policy-home.ts'
import { type SimulatorSearch, valuesOf } from './search.ts'
import { type SignIn, signInOf } from './sign-in.ts'
import { type IamSide, useIamSide } from './use-iam-side.ts'

/**
 * What is known of who asks: `reading` is on its way, `failed` could not be read, `nobody` was not chosen or is not
 * there.
 */
type Asker = 'known' | 'reading' | 'failed' | 'nobody'

/** Policies of one kind, which decide together with those of others. */
export interface DecidingSide extends PrincipalSide {
  readonly kind: 'iam' | 'boundary' | 'iot' | 'answer'
  readonly title: string
  readonly policies: PolicySet
  readonly context: ReadonlyMap<string, ContextValue>
}

/** What policies of one kind say. */
export interface DecidedSide {
  readonly side: DecidingSide
  readonly outcome: RequestDecision
  /** They have a say in this request. */
  readonly isAsked: boolean
}

/** A check with its answer: that of the policies that refuse, or of the first where all allow. */
export interface CheckedRow {
  readonly check: Check
  readonly door: Door
  readonly request: ClientRequest | undefined
  readonly asker: Asker
  /** Undefined: nothing can be said yet. */
  readonly outcome: RequestDecision | undefined
  readonly context: ReadonlyMap<string, ContextValue>
  readonly policies: PolicySet | undefined
  /** Whose policies these are. */
  readonly side: DecidingSide | undefined
  readonly sides: readonly DecidedSide[]
}

export interface Simulation {
  readonly as: SignIn['as']
  readonly iam: IamSide
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
  const as = signInOf(search)
  const iam = useIamSide(search)
  const home = usePolicyHome()
  const hasIotPolicies = as === 'certificate' || as === 'cognito'
  const isOfThing = hasIotPolicies && search.thing !== undefined
  const thing = useQuery({ ...thingQuery(search.thing ?? ''), enabled: isOfThing })
  const principals = isOfThing ? thing.data?.principals : undefined
  const said = as === 'cognito' ? search.identity : (search.certificate ?? search.identity)
  const principalId = hasIotPolicies ? (said ?? principals?.map(idOfPrincipal).find(isOfKind(as))) : undefined
  const https = useQuery({ ...factsQuery(principalId ?? '', undefined), enabled: principalId !== undefined })
  const clientId = search.client ?? search.thing ?? https.data?.things[0]?.thingName ?? ''
  const mqtt = useQuery({
    ...factsQuery(principalId ?? '', clientId === '' ? undefined : clientId),
    enabled: principalId !== undefined,
  })
  const { replacements, lost } = useReplacements(search)
  const mqttAsker = hasIotPolicies ? askerOf(principalId, thing.isLoading, mqtt) : iam.state
  const httpsAsker = hasIotPolicies ? askerOf(principalId, thing.isLoading, https) : iam.state

  const simulated = useMemo(() => {
    const connect: ConnectOptions = {
      clientId,
      isPersistent: search.persistent === '1',
      ...(search.will !== undefined && { will: { topic: search.will, retain: search.willRetain === '1' } }),
    }
    const given: GivenValues = { sourceIp: search.ip, values: valuesOf(search.set) }
    const prefix = arnPrefix(home)
    const sidesOf = (facts: AuthorizationFacts | undefined, door: Door): readonly DecidingSide[] => {
      const named = door === 'mqtt' ? clientId : undefined
      const arnOf = (resource: string) => (facts ? `${facts.arnPrefix}:${resource}` : `${prefix}${resource}`)
      const sideOf = (
        kind: DecidingSide['kind'],
        title: string,
        policies: PolicySet,
        context: DecidingSide['context'],
        actions?: ReadonlySet<string>,
      ): DecidingSide => ({
        kind,
        title,
        policies,
        context,
        facts: { policies: policies.compiled, context, arnOf, actions },
      })
      const principal = { kind: 'iam', context: valuesOfPrincipal(as, iam, search.identity) } as const
      const iamContext = requestContext({ principal, thing: facts?.thing }, named, given)
      const iamSides = [
        ...(iam.policies
          ? [sideOf(as === 'authorizer' ? 'answer' : 'iam', iamTitle(as, search), iam.policies, iamContext)]
          : []),
        ...(iam.boundary ? [sideOf('boundary', 'Permissions boundary', iam.boundary, iamContext)] : []),
      ]
      if (!hasIotPolicies || !facts) return hasIotPolicies ? [] : iamSides
      const iot = policySetOf(facts.policies, replacements)
      const both = iamSides.length > 0 ? COGNITO_NEEDS_BOTH : undefined
      return [...iamSides, sideOf('iot', 'IoT policies', iot, requestContext(facts, named, given), both)]
    }
    const sides = { mqtt: sidesOf(mqtt.data, 'mqtt'), https: sidesOf(https.data, 'https') }
    const answer = (check: Check): CheckedRow => {
      const door = doorOf(check, search.over ?? 'mqtt')
      const request = requestOf(check, connect)
      const decided = request && sides[door].length > 0 ? decideAsPrincipal(sides[door], request) : undefined
      const shown =
        decided?.sides.find(({ side }) => side === decided.refusing) ?? decided?.sides.find(({ isAsked }) => isAsked)
      return {
        check,
        door,
        request,
        asker: door === 'mqtt' ? mqttAsker : httpsAsker,
        outcome: shown?.outcome ?? decided?.sides[0]?.outcome,
        context: shown?.side.context ?? new Map(),
        policies: shown?.side.policies ?? sides[door][0]?.policies,
        side: shown?.side,
        sides: decided?.sides ?? [],
      }
    }
    const checks = (search.check ?? []).map((text) => parseCheck(text) ?? { action: text, on: '' })
    return {
      connect,
      rows: checks.map(answer),
      connecting: answer({ action: 'iot:Connect', on: '' }),
      policies: sides.mqtt.find(({ kind }) => kind === 'iot')?.policies,
    }
  }, [mqtt.data, https.data, mqttAsker, httpsAsker, search, clientId, replacements, iam, as, home, hasIotPolicies])

  return {
    as,
    iam,
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

/** Of a thing's principals, who can come so. */
const isOfKind =
  (as: SignIn['as']) =>
  (principalId: string): boolean =>
    as === 'certificate' || !/^[0-9a-f]{64}$/i.test(principalId)

function iamTitle(as: SignIn['as'], { iam, pasted }: SimulatorSearch): string {
  if (as === 'authorizer') return 'Policies of the answer'
  return pasted === '1' || iam === undefined ? 'IAM policies, as pasted' : `IAM policies of ${iam}`
}

/** What IAM policies can ask of who signs: of a user the name, of an identity its id and how it is known. */
function valuesOfPrincipal(
  as: SignIn['as'],
  { principal }: IamSide,
  identityId: string | undefined,
): Readonly<Record<string, ContextValue>> {
  if (as !== 'cognito' && as !== 'guest') return principal?.variables ?? {}
  const amr = as === 'cognito' ? 'authenticated' : 'unauthenticated'
  return {
    'cognito-identity.amazonaws.com:amr': [amr],
    ...(identityId !== undefined && { 'cognito-identity.amazonaws.com:sub': identityId }),
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
