import { useQueries, useQuery } from '@tanstack/react-query'
import type { AuthorizationFacts } from '@thingdeck/contract'
import { useMemo } from 'react'
import { factsQuery, idOfPrincipal, principalIdOf, thingQuery } from '../../shared/authorization/facts.ts'
import { policySetOf, type Replacements } from '../../shared/authorization/policy-set.ts'
import { type Aspect, aspectsOf, withoutName } from './aspects.ts'

/** What some principals of a thing may do, all of them the same. */
export interface PermissionColumn {
  readonly thingName: string
  readonly principalIds: readonly string[]
  /** A text in place of what is attached. */
  readonly which: string | undefined
  readonly aspects: readonly Aspect[]
}

export interface PermissionColumns {
  readonly columns: readonly PermissionColumn[]
  /** As they were read, of each principal. */
  readonly facts: readonly AuthorizationFacts[]
  readonly isReading: boolean
  readonly hasNone: boolean
  readonly error: Error | null
  readonly refetch: () => void
}

/** Reads what the principals of a thing may do under its name. A thing has one or two, rarely more. */
export function useColumns(thingName: string | undefined): PermissionColumns {
  const thing = useQuery({ ...thingQuery(thingName ?? ''), enabled: thingName !== undefined })
  const principalIds = (thing.data?.principals ?? []).map(idOfPrincipal)
  const facts = useQueries({
    queries: principalIds.map((principalId) => factsQuery(principalId, thingName)),
    combine: (results) => ({
      data: results.flatMap(({ data }) => (data ? [data] : [])),
      error: results.find(({ error }) => error !== null)?.error ?? null,
      isReading: results.some(({ isPending }) => isPending),
      refetch: () => {
        for (const { refetch } of results) void refetch()
      },
    }),
  })
  const columns = useMemo(
    () => (thingName === undefined ? [] : columnsOf(thingName, facts.data, undefined)),
    [thingName, facts.data],
  )
  return {
    columns,
    facts: facts.data,
    isReading: thingName !== undefined && (thing.isPending || facts.isReading),
    hasNone: thing.data?.principals.length === 0,
    error: thing.error ?? facts.error,
    refetch: () => {
      void thing.refetch()
      facts.refetch()
    },
  }
}

/** One column for all that may do the same. */
export function columnsOf(
  thingName: string,
  facts: readonly AuthorizationFacts[],
  replaced: { readonly which: string; readonly replacements: Replacements } | undefined,
): readonly PermissionColumn[] {
  const found = new Map<string, PermissionColumn>()
  for (const each of facts) {
    const aspects = aspectsOf(each, policySetOf(each.policies, replaced?.replacements), thingName)
    const key = JSON.stringify(aspects.map(({ lines }) => lines.map(({ kind, text }) => [kind, text])))
    const before = found.get(key)
    found.set(key, {
      thingName,
      principalIds: [...(before?.principalIds ?? []), principalIdOf(each.principal)],
      which: replaced?.which,
      aspects: before?.aspects ?? aspects,
    })
  }
  return [...found.values()]
}

/** A line as it is compared: two things differ in more than their names. */
export const comparedLine = ({ kind, text }: Aspect['lines'][number], thingName: string): string =>
  `${kind} ${withoutName(text, thingName)}`
