import Link from '@cloudscape-design/components/link'
import ProgressBar from '@cloudscape-design/components/progress-bar'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { BULK_CHANGE_KINDS, type BulkChange, endpoints } from '@thingdeck/contract'
import { useRef, useState } from 'react'
import { api } from '../../../shared/api.ts'
import {
  BULK_CHANGES,
  bulkChangeQuery,
  isOver,
  leftOf,
  percentOf,
} from '../../../shared/bulk-changes/bulk-change-queries.ts'
import { Consequences } from '../../../shared/dialog/consequences.tsx'
import { Dialog } from '../../../shared/dialog/dialog.tsx'
import { TextField } from '../../../shared/form/fields.tsx'
import { FormDialog } from '../../../shared/form/form-dialog.tsx'
import { useForm } from '../../../shared/form/use-form.ts'
import { formatCount, formatCounted } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import { THING_GROUPS } from '../../../shared/pickers/registry-keys.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { NAME_LIMITS } from '../../../shared/things/registry-limits.ts'
import { formatSpan } from '../../../shared/time.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'

/** The things that a group is made of: by name, or those that a query finds by now. */
export type GroupedThings = { readonly thingNames: string[] } | { readonly query: string }

interface MakeGroupDialogProps {
  readonly things: GroupedThings
  /** How many they are; a query that finds more by then makes no group of them. */
  readonly count: number
  /** What the group is called unless somebody says another name. */
  readonly suggested: string
  /** All that can be in it are in it. */
  readonly onMade: (thingGroupName: string) => void
  readonly onClose: () => void
}

/** Makes a static group of more things than a job takes one by one: the group, and a bulk change that fills it. */
export function MakeGroupDialog(props: MakeGroupDialogProps) {
  const { onMade, onClose } = props
  const [made, setMade] = useState<Made>()
  return made ? <FillDialog {...made} onMade={onMade} onClose={onClose} /> : <NameDialog {...props} onBegun={setMade} />
}

interface Made {
  readonly thingGroupName: string
  readonly bulkChangeId: string
}

type NameDialogProps = Omit<MakeGroupDialogProps, 'onMade'> & { readonly onBegun: (made: Made) => void }

function NameDialog({ things, count, suggested, onBegun, onClose }: NameDialogProps) {
  const client = useQueryClient()
  const madeName = useRef('') // where only the filling was refused, the group is there already
  const form = useForm({
    initial: { thingGroupName: suggested },
    limits: { thingGroupName: NAME_LIMITS },
    fieldsOfCodes: { ResourceAlreadyExistsException: 'thingGroupName' },
    async submit({ thingGroupName }): Promise<Made> {
      if (madeName.current !== thingGroupName) await api(endpoints.createThingGroup, { body: { thingGroupName } })
      madeName.current = thingGroupName
      const { bulkChangeId } = await api(endpoints.startBulkChange, {
        body: {
          targets: things,
          change: { kind: 'groups', addTo: thingGroupName },
          dryRun: false,
          confirmedCount: count,
        },
      })
      return { thingGroupName, bulkChangeId }
    },
    onDone(made) {
      void client.invalidateQueries({ queryKey: THING_GROUPS })
      void client.invalidateQueries({ queryKey: BULK_CHANGES })
      onBegun(made)
    },
  })
  const { reads, writes, perSecond } = BULK_CHANGE_KINDS.groups
  const spanMs = ((count * (reads + writes)) / perSecond) * 1_000
  return (
    <FormDialog
      form={form}
      header={`Make a group of ${formatCounted(count, 'thing')}`}
      action="Make the group"
      failure="The group could not be made"
      onClose={onClose}
    >
      <TextField field={form.field('thingGroupName')} label="Name of the group" />
      <Consequences
        list={[
          'query' in things
            ? 'It is a static group: it has what the query finds now, and stays as it is when that changes.'
            : 'It is a static group: it has these things until somebody changes that.',
          `The things are put into it by a bulk change, ${perSecond} requests a second: it takes about ${formatSpan(spanMs)}. The job is for the whole group once it is through.`,
          'AWS lets a thing be in 10 groups: one that is in so many already is left out, and named.',
          'The group stays when the job is over. Deleting it takes nothing from the job or its things.',
        ]}
      />
    </FormDialog>
  )
}

interface FillDialogProps extends Made {
  readonly onMade: (thingGroupName: string) => void
  readonly onClose: () => void
}

function FillDialog({ thingGroupName, bulkChangeId, onMade, onClose }: FillDialogProps) {
  const { data, error } = useQuery(bulkChangeQuery(bulkChangeId))
  const over = data !== undefined && isOver(data)
  const inside = data ? insideOf(data) : 0
  const whyNot = !over
    ? 'The job would be for those that are in it by now alone.'
    : inside === 0
      ? 'No thing is in it.'
      : undefined
  return (
    <Dialog
      header="The group is being filled"
      action={over && inside > 0 ? `Use it: ${formatCounted(inside, 'thing')}` : 'Use it'}
      whyNot={whyNot}
      onAction={() => onMade(thingGroupName)}
      onClose={onClose}
    >
      {error && <ErrorAlert error={error} what="How far it is could not be read" />}
      {data && <Filled bulkChange={data} inside={inside} />}
      <div>
        {over ? 'What became of each thing: ' : 'It goes on where this is closed; the group can be chosen later. '}
        <Link href={paths.bulkChanges({ bulkChange: bulkChangeId })}>the bulk change</Link>
      </div>
    </Dialog>
  )
}

const insideOf = ({ counts }: BulkChange): number => (counts.changed ?? 0) + (counts.unchanged ?? 0)

function Filled({ bulkChange, inside }: { readonly bulkChange: BulkChange; readonly inside: number }) {
  const { total, state, pausedWhy, failure } = bulkChange
  const over = isOver(bulkChange)
  const left = leftOf(bulkChange)
  const missing = (over ? total : total - left) - inside
  const words =
    failure ??
    (missing > 0
      ? `${formatCounted(inside, 'thing')} in the group; ${formatCounted(missing, 'thing')} could not be put into it`
      : `${formatCounted(inside, 'thing')} in the group`)
  const paused = state === 'paused' ? `; paused${pausedWhy === undefined ? '' : `: ${pausedWhy}`}` : ''
  return (
    <ProgressBar
      ariaLabel="Things in the group"
      value={percentOf(bulkChange)}
      status={!over ? 'in-progress' : missing > 0 || failure !== undefined ? 'error' : 'success'}
      additionalInfo={visible(`${formatCount(total - left)} of ${formatCounted(total, 'thing')}${paused}`)}
      resultText={visible(words)}
    />
  )
}
