import Alert from '@cloudscape-design/components/alert'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { BULK_CHANGE_KINDS, type BulkChange } from '@thingdeck/contract'
import { useState } from 'react'
import type { Action } from '../../shared/action/action.ts'
import { BULK_CHANGES, bulkChangeQuery, isOver } from '../../shared/bulk-changes/bulk-change-queries.ts'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import { useFlash } from '../../shared/flash/flash.tsx'
import { formatCount } from '../../shared/format.ts'
import { messageOf } from '../../shared/message-of.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { NameText } from '../../shared/text/name-text.tsx'
import { visible } from '../../shared/text/visible.tsx'
import { Age } from '../../shared/time.tsx'
import {
  applyBulkChange,
  cancelBulkChange,
  pauseBulkChange,
  resumeBulkChange,
  retryBulkChange,
  undoBulkChange,
} from './api.ts'
import { actInWords, changeInWords, targetsInWords } from './bulk-change-words.ts'
import { ApplyDialog } from './components/apply-dialog.tsx'
import { Progress } from './components/progress.tsx'
import { ResultList } from './components/result-list.tsx'
import { UndoDialog } from './components/undo-dialog.tsx'
import { saveReport } from './report.ts'
import type { BulkChangesSearch } from './search.ts'

interface BulkChangePageProps extends SearchProps<BulkChangesSearch> {
  readonly bulkChangeId: string
}

/** How far a bulk change is, what became of each target, and what can be done about it. */
export function BulkChangePage({ bulkChangeId, search, setSearch }: BulkChangePageProps) {
  const query = useQuery(bulkChangeQuery(bulkChangeId))
  const client = useQueryClient()
  const { history } = useRouter()
  const { flash } = useFlash()
  const [asked, setAsked] = useState<'apply' | 'undo'>()
  const { data } = query
  const again = () => client.invalidateQueries({ queryKey: BULK_CHANGES })
  const begin = async (beginning: Promise<BulkChange>) => {
    try {
      const begun = await beginning
      history.push(paths.bulkChanges({ bulkChange: begun.bulkChangeId }))
    } finally {
      void again() // also where somebody else was faster: the page says so then
    }
  }
  const act = async (what: string, ask: (bulkChangeId: string) => Promise<unknown>) => {
    try {
      await ask(bulkChangeId)
    } catch (error) {
      flash({ id: `bulk-change ${bulkChangeId}`, type: 'error', header: what, content: messageOf(error) })
    }
    await again()
  }
  const title = data ? titleOf(data) : 'Bulk change'
  return (
    <>
      <DetailsPage
        title={title}
        breadcrumbs={[
          { text: 'Bulk changes', href: paths.bulkChanges() },
          { text: title, href: paths.bulkChanges({ bulkChange: bulkChangeId }) },
        ]}
        status={data && <Status bulkChange={data} />}
        what="bulk change"
        query={query}
        notFound="No bulk change of this id is known to this console"
        actions={data ? actionsOn(data, { act, ask: setAsked }) : []}
        content={(bulkChange) => (
          <SpaceBetween size="m">
            <Notices bulkChange={bulkChange} />
            <Progress bulkChange={bulkChange} search={search} setSearch={setSearch} />
            <ResultList bulkChange={bulkChange} search={search} setSearch={setSearch} />
          </SpaceBetween>
        )}
      />
      {asked === 'apply' && data && (
        <ApplyDialog
          bulkChange={data}
          onApply={() => begin(applyBulkChange(bulkChangeId))}
          onClose={() => setAsked(undefined)}
        />
      )}
      {asked === 'undo' && data && (
        <UndoDialog
          bulkChange={data}
          onUndo={(dryRun) => begin(undoBulkChange(bulkChangeId, dryRun))}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  )
}

const titleOf = ({ request, undoOf }: BulkChange): string =>
  `${request.dryRun ? 'Dry run: ' : ''}${undoOf === undefined ? '' : 'Undo: '}${changeInWords(request.change)}`

function Status({ bulkChange: { startedBy, startedAt, request } }: { readonly bulkChange: BulkChange }) {
  const { targets } = request
  return (
    <>
      begun <Age atMs={Date.parse(startedAt)} /> by {visible(startedBy)}
      {targets && 'thingGroupName' in targets && (
        <>
          , on the things of{' '}
          <Link href={paths.thingGroup(targets.thingGroupName)}>
            <NameText text={targets.thingGroupName} />
          </Link>
        </>
      )}
      {targets && 'query' in targets && <>, on what the query {visible(targets.query)} found</>}
    </>
  )
}

function Notices({ bulkChange }: { readonly bulkChange: BulkChange }) {
  const { pausedWhy, failure, undoneBy, undoOf, appliedBy, resumed } = bulkChange
  const to = (id: string, words: string) => <Link href={paths.bulkChanges({ bulkChange: id })}>{words}</Link>
  return (
    <SpaceBetween size="xs">
      {pausedWhy !== undefined && (
        <Alert type="warning" header="It paused by itself">
          {visible(pausedWhy)}
        </Alert>
      )}
      {failure !== undefined && (
        <Alert type="error" header="It was not begun">
          {visible(failure)}
        </Alert>
      )}
      {appliedBy !== undefined && <Alert type="info">What it found was done: {to(appliedBy, 'see the change')}.</Alert>}
      {undoneBy !== undefined && <Alert type="info">It was undone: {to(undoneBy, 'see what was put back')}.</Alert>}
      {undoOf !== undefined && (
        <Alert type="info">It puts back what was there before: {to(undoOf, 'see the change')}.</Alert>
      )}
      {resumed !== undefined && (
        <Alert type="info">
          Its server ended while it ran, and another went on with it
          {resumed === 1 ? '' : `, ${formatCount(resumed)} times`}. What was under way then was looked at again, and
          says so.
        </Alert>
      )}
    </SpaceBetween>
  )
}

interface Acts {
  readonly act: (failure: string, ask: (bulkChangeId: string) => Promise<unknown>) => void
  readonly ask: (what: 'apply' | 'undo') => void
}

function actionsOn(bulkChange: BulkChange, { act, ask }: Acts): Action[] {
  const { request, state, counts, appliedBy, undoneBy } = bulkChange
  const { kind } = request.change
  const { role, canUndo } = BULK_CHANGE_KINDS[kind]
  const { failed = 0, cancelled = 0, waiting = 0, 'under-way': underWay = 0 } = counts
  const { changed = 0, 'would-change': wouldChange = 0 } = counts
  const unfinished = cancelled + waiting + underWay
  const left = failed + unfinished
  const over = isOver(bulkChange)
  // What is most likely wanted comes last, where other pages have it.
  const actions: (Action | false)[] = [
    // New things come from a file, and commands have a page of their own.
    request.change.kind === 'command' && {
      id: 'executions',
      text: 'What came of it',
      href: paths.command(request.change.commandId, { tab: 'executions', from: bulkChange.startedAt }),
    },
    kind !== 'create' &&
      kind !== 'command' && {
        id: 'new',
        text: 'New bulk change',
        needs: 'operator',
        href: paths.bulkChanges({ act: kind }),
      },
    !over &&
      state !== 'paused' && {
        id: 'pause',
        text: 'Pause bulk change',
        needs: 'operator',
        onAction: () => act('It could not be paused', pauseBulkChange),
      },
    state === 'paused' && {
      id: 'resume',
      text: 'Go on with bulk change',
      needs: role,
      isPrimary: true,
      onAction: () => act('It could not go on', resumeBulkChange),
    },
    !over && {
      id: 'cancel',
      text: 'Cancel bulk change',
      needs: 'operator',
      onAction: () => act('It could not be cancelled', cancelBulkChange),
    },
    over && {
      id: 'csv',
      text: 'Report as CSV',
      onAction: () => act('The report could not be read', () => saveReport(bulkChange, 'csv')),
    },
    over && {
      id: 'jsonl',
      text: 'Report as JSON Lines',
      onAction: () => act('The report could not be read', () => saveReport(bulkChange, 'jsonl')),
    },
    over &&
      left > 0 && {
        id: 'retry',
        text: `Retry ${targetsInWords(kind, left)} that ${whyLeft(failed, unfinished)}`,
        needs: role,
        whyNot: undoneBy === undefined ? undefined : 'It was undone: begin a new bulk change of them.',
        onAction: () => act('It could not be retried', retryBulkChange),
      },
    over &&
      !request.dryRun &&
      changed > 0 && {
        id: 'undo',
        text: 'Undo bulk change',
        needs: role,
        whyNot: canUndo
          ? undoneBy === undefined
            ? undefined
            : 'It was undone already.'
          : 'What is deleted cannot be brought back.',
        onAction: () => ask('undo'),
      },
    over &&
      request.dryRun &&
      wouldChange > 0 && {
        id: 'apply',
        text: `${actInWords(kind, targetsInWords(kind, wouldChange))} now`,
        needs: role,
        isPrimary: true,
        whyNot: appliedBy === undefined ? undefined : 'What it found was done already.',
        onAction: () => ask('apply'),
      },
  ]
  return actions.filter((action) => action !== false)
}

const whyLeft = (failed: number, unfinished: number): string =>
  unfinished === 0 ? 'failed' : failed === 0 ? 'had not begun' : 'failed or had not begun'
