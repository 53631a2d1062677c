import type { ReplySuffix, ReservedTopic } from './reserved-topic.ts'

/** What a client may do with a reserved topic. */
export type Access = 'publish' | 'subscribe' | 'both'

/** One form of reserved topic: `$aws/things/{thingName}/tunnels/notify`. A parameter stands for one level. */
export interface ReservedTopicRow {
  readonly pattern: string
  readonly access: Access
  readonly make: (parameters: ReadonlyMap<string, string>) => ReservedTopic
}

type ParameterOf<Pattern extends string> = Pattern extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterOf<Rest>
  : never

/** Ties the names in the pattern to the names that `make` may ask for. */
export function row<Pattern extends string>(
  access: Access,
  pattern: Pattern,
  make: (get: (name: ParameterOf<Pattern>) => string) => ReservedTopic,
): ReservedTopicRow {
  return { access, pattern, make: (parameters) => make((name) => parameters.get(name) ?? '') }
}

const REPLIES: readonly ReplySuffix[] = ['accepted', 'rejected']

interface Reply {
  readonly suffix?: ReplySuffix
}

/** A request that clients publish, and the two topics of its answer. */
export function withReplies(make: (access: Access, suffix: '' | `/${ReplySuffix}`, reply: Reply) => ReservedTopicRow) {
  return [make('publish', '', {}), ...REPLIES.map((suffix) => make('subscribe', `/${suffix}`, { suffix }))]
}
