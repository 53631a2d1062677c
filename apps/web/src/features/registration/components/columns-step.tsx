import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import { capitalised } from '../../../shared/format.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { type ColumnKind, type ColumnUse, guessColumns, KIND_WORDS } from '../csv/columns.ts'
import type { FlowDraft, ReadFile } from '../flow-values.ts'

// Of an object that is typed by its keys, `Object.keys` only says that they are texts.
const KINDS = Object.keys(KIND_WORDS) as ColumnKind[]
const OPTIONS = KINDS.map((value) => ({ value, label: capitalised(KIND_WORDS[value]) }))
/** Values of a column that are shown, so that it is known again. */
const SHOWN = 3
const SHOWN_CHARACTERS = 40

interface ColumnsStepProps {
  readonly draft: FlowDraft
  readonly read: ReadFile
  readonly onChange: (draft: FlowDraft) => void
}

export function ColumnsStep({ draft, read, onChange }: ColumnsStepProps) {
  const { header, rows } = read.table
  const columns = (header?.cells ?? []).map((title, index) => ({
    title,
    index,
    use: draft.uses[index] ?? ({ kind: 'ignored' } as const),
    values: rows
      .map(({ cells }) => cells[index]?.trim() ?? '')
      .filter((value) => value !== '')
      .slice(0, SHOWN),
  }))
  const set = (index: number, use: ColumnUse) => onChange({ ...draft, uses: draft.uses.with(index, use) })
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Several groups in a cell are apart by ; or blanks. Things have no tags at AWS: tag their type, group or billing group."
        >
          2. Columns
        </Header>
      }
    >
      <SpaceBetween size="m">
        {read.columnProblems.length > 0 && <Alert type="error">{visible(read.columnProblems.join(' '))}</Alert>}
        {!guessColumns(header?.cells ?? []).some(({ kind }) => kind === 'thingName') && (
          <Alert type="warning">
            The first line is taken for the names of the columns, and none of them says that it has the names of the
            things. If that line is a thing itself, put one with names above it: nothing is made of the first.
          </Alert>
        )}
        <Table
          variant="embedded"
          items={columns}
          trackBy={({ index }) => String(index)}
          ariaLabels={{ tableLabel: 'Columns of the file' }}
          columnDefinitions={[
            { id: 'title', header: 'Column', isRowHeader: true, cell: ({ title }) => visible(title) },
            {
              id: 'values',
              header: 'First values',
              cell: ({ values }) => (
                <Box color="text-body-secondary" fontSize="body-s">
                  {visible(values.map((value) => value.slice(0, SHOWN_CHARACTERS)).join(' · '))}
                </Box>
              ),
            },
            {
              id: 'use',
              header: 'Is the',
              minWidth: 200,
              cell: ({ title, index, use }) => (
                <Select
                  ariaLabel={`Use of the column ${title}`}
                  options={OPTIONS}
                  selectedOption={OPTIONS.find(({ value }) => value === use.kind) ?? null}
                  onChange={({ detail }) => {
                    const kind = KINDS.find((each) => each === detail.selectedOption.value) ?? 'ignored'
                    set(index, kind === 'attribute' ? { kind, name: title.trim() } : { kind })
                  }}
                />
              ),
            },
            {
              id: 'name',
              header: 'Name of the attribute',
              minWidth: 150,
              cell: ({ title, index, use }) =>
                use.kind === 'attribute' ? (
                  <Input
                    ariaLabel={`Name of the attribute of the column ${title}`}
                    value={use.name}
                    onChange={({ detail }) => set(index, { kind: 'attribute', name: detail.value })}
                  />
                ) : (
                  '–'
                ),
            },
          ]}
        />
      </SpaceBetween>
    </Container>
  )
}
