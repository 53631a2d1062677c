import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Rotation, RotationAction, RotationThing } from '@thingdeck/contract'
import { useState } from 'react'
import type { Action } from '../../../shared/action/action.ts'
import { CertificateLink } from '../../../shared/certificate/certificate-link.tsx'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import { useListPageSize } from '../../../shared/list/list-preference.ts'
import type { ListWords } from '../../../shared/list/list-props.ts'
import { pagesOf } from '../../../shared/list/list-source.ts'
import { paths } from '../../../shared/paths.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { visibleText } from '../../../shared/text/visible-text.ts'
import { Age } from '../../../shared/time.tsx'
import { rotationThingPagesQuery } from '../api.ts'
import type { RotationSearch } from '../search.ts'
import { isFitting, STAGES } from '../stage-words.ts'
import { ActionDialog } from './action-dialog.tsx'

const COLUMNS: readonly ListColumn<RotationThing>[] = [
  {
    id: 'thing',
    header: 'Thing',
    isRowHeader: true,
    isFixed: true,
    width: 220,
    minWidth: 140,
    cell: ({ thingName }) => (
      <Link href={paths.thing(thingName)}>
        <NameText text={thingName} />
      </Link>
    ),
  },
  { id: 'stage', header: 'How far', minWidth: 260, cell: (thing) => <Stage thing={thing} /> },
  { id: 'since', header: 'Since', width: 120, cell: ({ since }) => <Age atMs={Date.parse(since)} /> },
  {
    id: 'new',
    header: 'New certificate',
    width: 160,
    cell: ({ newCertificateId }) =>
      newCertificateId === undefined ? '–' : <CertificateLink certificateId={newCertificateId} />,
  },
  {
    id: 'old',
    header: 'Old certificates',
    width: 160,
    cell: ({ oldCertificateIds }) =>
      oldCertificateIds.length === 0
        ? '–'
        : oldCertificateIds.map((id) => <CertificateLink key={id} certificateId={id} />),
  },
]

const WORDS: ListWords = {
  title: 'Things',
  one: 'thing',
  many: 'things',
  description: 'What is stuck comes first, then what waits longest.',
  empty: { title: 'No things in this stage', text: 'Show all things to see how far the others are.' },
}

const ACTIONS: readonly (readonly [RotationAction, string])[] = [
  ['retry', 'Retry'],
  ['confirm', 'Mark as seen'],
  ['deactivate', 'Deactivate old certificates'],
  ['undo', 'Undo'],
]

interface RotationThingsListProps extends SearchProps<RotationSearch> {
  readonly rotation: Rotation
}

/** Each thing of a rotation: where it is, since when, and why it goes no further. */
export function RotationThingsList({ rotation, search, setSearch }: RotationThingsListProps) {
  const pageSize = useListPageSize('rotation-things', 25)
  const pages = useInfiniteQuery(rotationThingPagesQuery(rotation.rotationId, search.stage, pageSize))
  const [asked, setAsked] = useState<{ readonly action: RotationAction; readonly thingNames: readonly string[] }>()
  const known = new Map(pages.data?.pages.flatMap(({ things }) => things).map((thing) => [thing.thingName, thing]))
  const actions = (selected: readonly string[]): Action[] =>
    ACTIONS.map(([action, text]) => {
      const fitting = selected.filter((name) => {
        const thing = known.get(name)
        return thing && isFitting(thing.stage, thing.failure !== undefined, action)
      })
      return {
        id: action,
        text,
        needs: 'admin',
        whyNot:
          selected.length === 0
            ? 'Select things first.'
            : fitting.length === 0
              ? 'None of the selected things is in a stage for this.'
              : undefined,
        onAction: () => setAsked({ action, thingNames: fitting }),
      }
    })
  return (
    <>
      <List
        name="rotation-things"
        variant="container"
        words={WORDS}
        columns={COLUMNS}
        rowId={({ thingName }) => thingName}
        source={pagesOf(pages, ({ things }) => things)}
        count={pages.data && { number: pages.data.pages[0]?.total ?? 0, isAbout: false }}
        paging="numbered"
        pageSize={pageSize}
        pageSizes={[25, 50, 100]}
        search={search}
        setSearch={setSearch}
        selection="multi"
        actions={actions}
      />
      {asked && <ActionDialog rotation={rotation} {...asked} onClose={() => setAsked(undefined)} />}
    </>
  )
}

function Stage({ thing: { stage, failure, seenBy, seenAt } }: { readonly thing: RotationThing }) {
  if (failure) {
    const why = `${failure.message} (${failure.code})`
    return (
      <>
        <StatusIndicator type="error">{STAGES[stage][1]}</StatusIndicator>
        <div className="td-two-lines td-weak" title={visibleText(why)}>
          {visible(why)}
        </div>
      </>
    )
  }
  const seen = seenAt !== undefined && (stage === 'seen' || stage === 'replaced')
  return (
    <StatusIndicator type={STAGES[stage][0]}>
      {STAGES[stage][1]}
      {seen && (seenBy === 'log' ? ', by the log' : ', as a person said')}
    </StatusIndicator>
  )
}
