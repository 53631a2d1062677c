import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { MOST_BULK_CHANGE_TARGETS } from '@thingdeck/contract'
import { useState } from 'react'
import { OneFile } from '../../../shared/form/one-file.tsx'
import { formatCount, formatCounted } from '../../../shared/format.ts'
import { saveFile } from '../../../shared/save-file.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { guessColumns } from '../csv/columns.ts'
import { DELIMITERS, type Delimiter, parseCsv } from '../csv/parse-csv.ts'
import { readText } from '../csv/read-text.ts'
import type { FlowDraft } from '../flow-values.ts'

/** What the largest file of so many lines with requests for certificates has. */
const MOST_BYTES = 32 * 1024 * 1024

const DELIMITER_WORDS: Readonly<Record<Delimiter, string>> = {
  ',': 'comma ,',
  ';': 'semicolon ;',
  '\t': 'tab',
  '|': 'bar |',
}

const EXAMPLE = `name,type,groups,billing group,site
pump-001,pump,hall-1;north,plant-7,hall-1/line-2
pump-002,pump,hall-1,plant-7,hall-1/line-3
`

interface FileStepProps {
  readonly draft: FlowDraft | undefined
  readonly lines: number | undefined
  readonly onFile: (file: Pick<FlowDraft, 'fileName' | 'text' | 'encoding' | 'isGuessed'>) => void
  readonly onChange: (draft: FlowDraft) => void
}

export function FileStep({ draft, lines, onFile, onChange }: FileStepProps) {
  const [problem, setProblem] = useState<string>()
  const choose = async (file: File) => {
    if (file.size > MOST_BYTES) return setProblem('The file is larger than 32 MB: split it.')
    const { text, encoding, isGuessed } = readText(new Uint8Array(await file.arrayBuffer()))
    const { rows } = parseCsv(text)
    if (rows.length === 0) {
      return setProblem('There is no line in it below the first one, which has the names of the columns.')
    }
    if (rows.length > MOST_BULK_CHANGE_TARGETS) {
      return setProblem(
        `It has ${formatCount(rows.length)} lines; one registration takes ${formatCount(MOST_BULK_CHANGE_TARGETS)}.`,
      )
    }
    setProblem(undefined)
    onFile({ fileName: file.name, text, encoding, isGuessed })
  }
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Comma-separated values; the first line names the columns, each other line is a thing."
          actions={
            <Button
              iconName="download"
              onClick={() => saveFile(new Blob([EXAMPLE], { type: 'text/csv' }), 'things-example.csv')}
            >
              Download an example
            </Button>
          }
        >
          1. File
        </Header>
      }
    >
      <SpaceBetween size="m">
        <FormField errorText={problem}>
          <OneFile
            text={draft ? 'Choose another file' : 'Choose a file'}
            accept=".csv,.tsv,.txt,text/csv"
            onFile={(file) => void choose(file)}
          />
        </FormField>
        {draft && (
          <SpaceBetween direction="horizontal" size="l" alignItems="end">
            <FormField label="File">
              <span>
                {visible(draft.fileName)}: {formatCounted(lines ?? 0, 'line')}, {draft.encoding}
              </span>
            </FormField>
            <FormField label="Columns are apart by">
              <Select
                ariaLabel="Columns are apart by"
                options={DELIMITERS.map((value) => ({ value, label: DELIMITER_WORDS[value] }))}
                selectedOption={{ value: draft.delimiter, label: DELIMITER_WORDS[draft.delimiter] }}
                onChange={({ detail }) => {
                  const delimiter = DELIMITERS.find((each) => each === detail.selectedOption.value) ?? ','
                  const { header } = parseCsv(draft.text, delimiter)
                  onChange({ ...draft, delimiter, uses: guessColumns(header?.cells ?? []) })
                }}
              />
            </FormField>
          </SpaceBetween>
        )}
        {draft?.isGuessed && (
          <Alert type="warning">
            The file does not say how its characters are written; it was read as {draft.encoding}. Look below whether
            they are right, or save it as UTF-8.
          </Alert>
        )}
      </SpaceBetween>
    </Container>
  )
}
