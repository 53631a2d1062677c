import { createPreference, type Preference, usePreference } from '../preferences/preferences.ts'
import type { ListColumn } from './list-column.ts'

/** What a person chose for one list, kept in this browser. */
export interface ListPreference {
  /** Rows a page; undefined: as the list has it. */
  readonly pageSize?: number | undefined
  readonly wrapLines: boolean
  /** Which columns were shown or hidden; of others the list decides. */
  readonly columns: Readonly<Record<string, boolean>>
  /** Widths that were drawn, in pixels. */
  readonly widths: Readonly<Record<string, number>>
}

const preferences = new Map<string, Preference<ListPreference>>()

/** @param name of the list, once in the whole console */
export function useListPreference(name: string) {
  return usePreference(listPreference(name))
}

/** Rows a page: as was chosen, else `otherwise`. */
export function useListPageSize(name: string, otherwise: number): number {
  return useListPreference(name)[0].pageSize ?? otherwise
}

export function listPreference(name: string): Preference<ListPreference> {
  const known = preferences.get(name)
  if (known) return known
  const preference = createPreference(`${name}-list`, parsePreference)
  preferences.set(name, preference)
  return preference
}

/** @param isNarrow the window has no room for all columns */
export const isVisible = <Row>(
  { columns }: ListPreference,
  { id, isHiddenAtFirst, isHiddenNarrow }: ListColumn<Row>,
  isNarrow: boolean,
): boolean => columns[id] ?? !(isHiddenAtFirst || (isNarrow && isHiddenNarrow))

/** Columns that the person added, by the ids that are some. */
export const addedColumns = ({ columns }: ListPreference, isOne: (id: string) => boolean): readonly string[] =>
  Object.keys(columns).filter((id) => columns[id] === true && isOne(id))

function parsePreference(stored: unknown): ListPreference {
  if (typeof stored !== 'object' || stored === null) return { wrapLines: false, columns: {}, widths: {} }
  return {
    pageSize: 'pageSize' in stored && typeof stored.pageSize === 'number' ? stored.pageSize : undefined,
    wrapLines: 'wrapLines' in stored && stored.wrapLines === true,
    columns: entriesOf('columns' in stored && stored.columns, (value) => typeof value === 'boolean'),
    widths: entriesOf('widths' in stored && stored.widths, (value) => typeof value === 'number'),
  }
}

function entriesOf<T>(stored: unknown, isIt: (value: unknown) => value is T): Readonly<Record<string, T>> {
  if (typeof stored !== 'object' || stored === null) return {}
  const entries: readonly (readonly [string, unknown])[] = Object.entries(stored)
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, T] => isIt(entry[1])))
}
