import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Action } from '../../shared/action/action.ts'
import { ListPage } from '../../shared/list/list-page.tsx'
import { useListPageSize } from '../../shared/list/list-preference.ts'
import type { ListWords } from '../../shared/list/list-props.ts'
import { pagesOf } from '../../shared/list/list-source.ts'
import { nameFilter } from '../../shared/list/name-filter.ts'
import { useLooks } from '../../shared/list/use-looks.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { tagSelected } from '../../shared/tags/tag-selected.ts'
import { useNow } from '../../shared/time.tsx'
import { THING_TYPE_USES, thingTypePagesQuery } from './api.ts'
import { COLUMNS, type ThingTypeRow } from './columns.tsx'
import { ThingTypeDialog } from './components/thing-type-dialog.tsx'
import { ThingTypeFacts } from './components/thing-type-facts.tsx'
import type { ThingTypesSearch } from './search.ts'
import { type AskedAct, thingTypeActions } from './thing-type-actions.ts'

const CREATE: Action = {
  id: 'create',
  text: 'Create thing type',
  needs: 'admin',
  isPrimary: true,
  href: paths.createThingType(),
}

const WORDS: ListWords = {
  title: 'Thing types',
  one: 'thing type',
  many: 'thing types',
  description: 'What things of a kind have in common. A thing has one type at most, and with one up to 50 attributes.',
  partSearched: 'There are many thing types: a part of them was searched, the rest was not.',
  empty: {
    title: 'No thing types yet',
    text: 'A thing type says what kind of device a thing is: lists and bulk changes go by it, and messages of its things can carry attributes that rules and subscribers use.',
  },
}

const FILTER = nameFilter<ThingTypeRow>(({ thingTypeName }) => thingTypeName)

/** The thing types of the account, and how many things have each. */
export function ThingTypesPage({ search, setSearch }: SearchProps<ThingTypesSearch>) {
  const pageSize = useListPageSize('thing-types', 25)
  const pages = useInfiniteQuery(thingTypePagesQuery(search, pageSize))
  const shown = pages.data?.pages[(search.page ?? 1) - 1]?.thingTypes ?? []
  const uses = useLooks(
    THING_TYPE_USES,
    shown.map(({ thingTypeName }) => thingTypeName),
  )
  const nowMs = useNow()
  const [asked, setAsked] = useState<AskedAct>()
  const rows = pages.data?.pages.flatMap(({ thingTypes }) => thingTypes) ?? []
  const typeOf = (name: string | undefined) => rows.find(({ thingTypeName }) => thingTypeName === name)
  return (
    <>
      <ListPage
        name="thing-types"
        breadcrumbs={[{ text: 'Thing types', href: paths.thingTypes() }]}
        words={WORDS}
        columns={COLUMNS}
        rowId={({ thingTypeName }) => thingTypeName}
        source={pagesOf(pages, ({ thingTypes }) =>
          thingTypes.map((type): ThingTypeRow => ({ ...type, use: uses.get(type.thingTypeName) })),
        )}
        paging="numbered"
        pageSize={pageSize}
        pageSizes={[25, 50, 100]}
        search={search}
        setSearch={setSearch}
        filter={{ by: FILTER, placeholder: 'Part of a name' }}
        noMatch={search.name === undefined ? undefined : `No thing type has ${search.name} in its name`}
        selection="multi"
        actions={(selected) => [
          tagSelected(selected, (name) => typeOf(name)?.thingTypeArn, WORDS.many),
          ...thingTypeActions(selected.length === 1 ? typeOf(selected[0]) : undefined, nowMs, setAsked),
          CREATE,
        ]}
        rowActions={(type) => [
          ...thingTypeActions(type, nowMs, setAsked),
          { id: 'things', text: 'Show things', href: paths.things({ type: type.thingTypeName }) },
        ]}
        look={(name, type) => ({ header: name, content: type && <ThingTypeFacts type={type} /> })}
      />
      {asked && <ThingTypeDialog {...asked} onClose={() => setAsked(undefined)} />}
    </>
  )
}
