import { useQuery } from '@tanstack/react-query'
import { endpoints, type RuleTarget, type RuleTargetKind } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { messageOf } from '../../../shared/message-of.ts'
import { useWhyNot } from '../../../shared/session/session.tsx'

/** What there is to send to, as far as it is known. */
export interface KnownTargets {
  readonly targets: readonly RuleTarget[]
  readonly isFetching: boolean
  /** Why there is no list, or what of it is missing; undefined: nothing is to be said. */
  readonly words: string | undefined
}

const TITLES: Readonly<Record<RuleTargetKind, string>> = {
  queue: 'queues',
  topic: 'topics',
  table: 'tables',
  bucket: 'buckets',
  stream: 'streams',
  'delivery-stream': 'delivery streams',
  function: 'functions',
  'state-machine': 'state machines',
  'log-group': 'log groups',
}

/**
 * Lists what there is of a kind once it is wanted. Where the console may not list it, or nothing serves it, it is typed.
 * @param kind undefined: there is no list of it
 */
export function useRuleTargets(kind: RuleTargetKind | undefined, isWanted: boolean): KnownTargets {
  const mayNot = useWhyNot('admin')
  const { data, error, isFetching } = useQuery({
    queryKey: ['rule-targets', kind],
    queryFn: ({ signal }) => api(endpoints.listRuleTargets, { query: { kind: kind ?? 'queue' }, signal }),
    enabled: kind !== undefined && isWanted && mayNot === undefined,
    staleTime: 30_000, // ms
    retry: false,
  })
  return { targets: data?.targets ?? [], isFetching, words: kind && wordsOf(TITLES[kind]) }

  function wordsOf(title: string): string | undefined {
    if (mayNot !== undefined) return undefined
    if (error) return `The ${title} that there are could not be read: ${messageOf(error)}`
    switch (data?.outcome) {
      case 'not-allowed':
        return `The console may not list ${title}: type it.`
      case 'not-served':
        return `Nothing here lists ${title}: type it.`
      case 'read':
        return data.isAll ? undefined : `The first ${title} only: type another.`
      default:
        return undefined
    }
  }
}
