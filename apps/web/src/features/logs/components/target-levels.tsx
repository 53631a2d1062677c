import { infiniteQueryOptions, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { endpoints, type LoggingLevel, type LogTargetType, type TargetLevel } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../../shared/api.ts'
import { ConfirmDialog } from '../../../shared/dialog/confirm-dialog.tsx'
import { SelectField, TextField } from '../../../shared/form/fields.tsx'
import { FormDialog } from '../../../shared/form/form-dialog.tsx'
import { useForm } from '../../../shared/form/use-form.ts'
import { LOGGING } from '../../../shared/iot-logs/iot-log-queries.ts'
import { LEVEL_OPTIONS } from '../../../shared/iot-logs/level-options.ts'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import type { ListWords } from '../../../shared/list/list-props.ts'
import { pagesOf } from '../../../shared/list/list-source.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { useWhyNot } from '../../../shared/session/session.tsx'
import { NameText } from '../../../shared/text/name-text.tsx'
import { visibleText } from '../../../shared/text/visible-text.ts'
import type { LogSettingsSearch } from '../settings-search.ts'

const TYPES: readonly { readonly value: LogTargetType; readonly label: string; readonly description: string }[] = [
  { value: 'CLIENT_ID', label: 'Client id', description: 'Connections with this client id.' },
  { value: 'THING_GROUP', label: 'Thing group', description: 'Things of the group and of those below it.' },
  { value: 'PRINCIPAL_ID', label: 'Principal', description: 'Connections by this certificate or identity.' },
  { value: 'SOURCE_IP', label: 'Source IP', description: 'Connections from this address.' },
]

const typeLabel = (type: LogTargetType): string => TYPES.find(({ value }) => value === type)?.label ?? type

const targetLevelsQuery = infiniteQueryOptions({
  queryKey: [...LOGGING, 'levels'],
  queryFn: ({ signal, pageParam: nextToken }) =>
    api(endpoints.listLoggingLevels, { query: { maxResults: 100, nextToken }, signal }),
  initialPageParam: '',
  getNextPageParam: ({ nextToken }) => nextToken,
})

const idOf = ({ targetType, targetName }: TargetLevel): string => `${targetType} ${targetName}`

const COLUMNS: readonly ListColumn<TargetLevel>[] = [
  { id: 'type', header: 'What', width: 150, cell: ({ targetType }) => typeLabel(targetType) },
  {
    id: 'name',
    header: 'Name',
    isRowHeader: true,
    width: 300,
    cell: ({ targetName }) => (
      <span className="td-mono">
        <NameText text={targetName} />
      </span>
    ),
  },
  { id: 'level', header: 'Level', width: 120, cell: ({ logLevel }) => logLevel },
]

/** What has a level of its own, whatever the event type: at most 1,000 of an account. */
export function TargetLevels({ search, setSearch }: SearchProps<LogSettingsSearch>) {
  const pages = useInfiniteQuery(targetLevelsQuery)
  const [added, setAdded] = useState<TargetLevel | 'new'>()
  const [removed, setRemoved] = useState<TargetLevel>()
  const client = useQueryClient()
  const words: ListWords = {
    title: 'Targets',
    one: 'target',
    many: 'targets',
    description: 'What has a level of its own, for every event type, pings too. At most 1,000 of an account.',
    empty: {
      title: 'Nothing has a level of its own',
      text: 'Log one device or group in detail, and the rest as the account.',
      action: { id: 'add', text: 'Add target', needs: 'admin', onAction: () => setAdded('new') },
    },
  }
  return (
    <>
      <List<TargetLevel>
        name="logging-targets"
        variant="container"
        words={words}
        columns={COLUMNS}
        rowId={idOf}
        source={pagesOf(pages, ({ levels }) => levels)}
        paging="endless"
        search={search}
        setSearch={setSearch}
        actions={() => [{ id: 'add', text: 'Add target', needs: 'admin', onAction: () => setAdded('new') }]}
        rowActions={(level) => [
          { id: 'change', text: 'Change level', needs: 'admin', onAction: () => setAdded(level) },
          { id: 'remove', text: 'Remove level', needs: 'admin', onAction: () => setRemoved(level) },
        ]}
      />
      {added && <TargetDialog level={added === 'new' ? undefined : added} onClose={() => setAdded(undefined)} />}
      {removed && (
        <ConfirmDialog
          header={`Remove the level of ${typeLabel(removed.targetType).toLowerCase()} ${visibleText(removed.targetName)}?`}
          action="Remove level"
          failure="The level could not be removed"
          onConfirm={async () => {
            const { targetType, targetName } = removed
            await api(endpoints.deleteLoggingLevel, { query: { targetType, targetName } })
            await client.invalidateQueries({ queryKey: LOGGING })
          }}
          onClose={() => setRemoved(undefined)}
        >
          It is then logged as event types and the account have it.
        </ConfirmDialog>
      )}
    </>
  )
}

interface TargetDialogProps {
  /** Undefined: a new one. */
  readonly level: TargetLevel | undefined
  readonly onClose: () => void
}

function TargetDialog({ level, onClose }: TargetDialogProps) {
  const client = useQueryClient()
  const form = useForm({
    initial: {
      targetType: level?.targetType ?? ('CLIENT_ID' as LogTargetType),
      targetName: level?.targetName ?? '',
      logLevel: level?.logLevel ?? ('INFO' as LoggingLevel),
    },
    limits: { targetName: { minLength: 1, maxLength: 1_024, isRequired: true } },
    submit: (body) => api(endpoints.setLoggingLevel, { body }),
    onDone: () => {
      void client.invalidateQueries({ queryKey: LOGGING })
      onClose()
    },
  })
  return (
    <FormDialog
      form={form}
      header={level ? `Level of ${visibleText(level.targetName)}` : 'Add target'}
      action={level ? 'Change level' : 'Add target'}
      failure="The level could not be set"
      onClose={onClose}
      whyNot={useWhyNot('admin')}
    >
      {level === undefined && (
        <>
          <SelectField field={form.field('targetType')} label="What" options={TYPES} />
          <TextField field={form.field('targetName')} label="Name" />
        </>
      )}
      <SelectField field={form.field('logLevel')} label="Level" options={LEVEL_OPTIONS} />
    </FormDialog>
  )
}
