import { arnPrefix, type PolicyHome } from '../policy-home.ts'
import type { PolicyResourceKind } from '../vocabulary/policy-action.ts'

const THING = '${iot:Connection.Thing.ThingName}'

/** Beginnings of resources by their kind, the narrowest first. */
const SKELETONS: Readonly<Record<PolicyResourceKind, readonly (readonly [name: string, words: string])[]>> = {
  client: [
    [`client/${THING}`, 'The client id is the name of the thing of the connection.'],
    ['client/', 'One client id.'],
  ],
  topic: [
    [`topic/dt/${THING}/*`, 'All topics below the name of the thing.'],
    [`topic/$aws/things/${THING}/shadow/*`, 'The shadows of the thing itself.'],
    [`topic/$aws/things/${THING}/jobs/*`, 'The jobs of the thing itself.'],
    ['topic/', 'A topic. * takes slashes too; + and # are letters.'],
  ],
  topicfilter: [
    [`topicfilter/cmd/${THING}/*`, 'All topic filters below the name of the thing.'],
    [`topicfilter/$aws/things/${THING}/shadow/*`, 'The shadows of the thing itself.'],
    [`topicfilter/$aws/things/${THING}/jobs/*`, 'The jobs of the thing itself.'],
    ['topicfilter/', 'A topic filter: its text is compared, + and # as letters.'],
  ],
  thing: [['thing/', 'One thing; with /NAME behind it one of its named shadows.']],
  rolealias: [['rolealias/', 'One role alias.']],
}

/** Resources to begin with, as whole ARNs; without a `home` the region and account are left to be written. */
export function resourceSkeletons(kinds: ReadonlySet<PolicyResourceKind | undefined>, home: PolicyHome | undefined) {
  const prefix = home ? arnPrefix(home) : 'arn:aws:iot:REGION:ACCOUNT:'
  const named = [...kinds].flatMap((kind) => (kind === undefined ? [] : SKELETONS[kind]))
  return [
    ...named.map(([name, words]) => ({ kind: 'resource', label: prefix + name, words }) as const),
    { kind: 'resource', label: '*', words: 'Everything, of every kind.' } as const,
  ]
}
