import FileUpload from '@cloudscape-design/components/file-upload'
import { validateTopicFilter } from '@thingdeck/topics'
import { useState } from 'react'
import { fromBase64, toBase64 } from '../../../../../shared/bytes-text.ts'
import {
  readStoredFiles,
  type StoredFile,
  type StoredType,
} from '../../../../../shared/decode/protobuf/stored-types.ts'
import { FieldRow, SelectField, TextField } from '../../../../../shared/form/fields.tsx'
import { FormDialog } from '../../../../../shared/form/form-dialog.tsx'
import { useForm } from '../../../../../shared/form/use-form.ts'
import { formatBytes } from '../../../../../shared/format.ts'
import { messageOf } from '../../../../../shared/message-of.ts'
import { givenTypesPreference } from './given-types.ts'

interface GiveTypeDialogProps {
  readonly topic: string
  /** What is given for the topic so far. */
  readonly present: StoredType | undefined
  readonly onClose: () => void
}

/** Local storage holds 5 MB of everything that a browser keeps of the console. */
const MAX_FILES_BYTES = 1024 * 1024

/** Asks for the files that declare a message type, for the type, and for the topics whose payloads are of it. */
export function GiveTypeDialog({ topic, present, onClose }: GiveTypeDialogProps) {
  const [problem, setProblem] = useState<string>()
  const [messageTypes, setMessageTypes] = useState<readonly string[]>(() => typesIn(present?.files ?? []))
  const form = useForm({
    initial: { files: present?.files ?? [], name: present?.name ?? '', filter: present?.filter ?? topic },
    rules: {
      files: (files) => (files.length === 0 ? 'Choose the files that declare the message type.' : problem),
      name: (name) => (name === '' ? 'Choose the type of the messages.' : undefined),
      filter: (filter) => {
        const fault = validateTopicFilter(filter)
        return fault && `${fault.message}.`
      },
    },
    submit: async (type) => {
      const others = givenTypesPreference
        .get()
        .filter(({ filter }) => filter !== present?.filter && filter !== type.filter)
      givenTypesPreference.set([type, ...others])
    },
    onDone: onClose,
  })
  const take = async (chosen: readonly File[]) => {
    const files = await Promise.all(chosen.map(storedFile))
    const read = readFiles(files)
    setProblem(read.problem)
    setMessageTypes(read.types)
    form.change({ files, name: read.types.length === 1 ? (read.types[0] ?? '') : '' })
  }
  const files = form.field('files')
  return (
    <FormDialog
      form={form}
      header="Type of the payload"
      action="Save type"
      failure="The type could not be kept"
      onClose={onClose}
    >
      <FieldRow
        field={{ ...files, error: problem ?? files.error }}
        label="Declared by"
        description="The .proto files, with those that they import, or a descriptor set: protoc --include_imports --descriptor_set_out=FILE"
        constraint="They are kept in this browser."
      >
        <FileUpload
          multiple
          value={files.value.map(({ name, base64 }) => new File([fromBase64(base64) ?? ''], name))}
          onChange={({ detail }) => void take(detail.value)}
          showFileLastModified={false}
          i18nStrings={{
            uploadButtonText: (multiple) => (multiple ? 'Choose files' : 'Choose file'),
            dropzoneText: () => 'Drop files here',
            removeFileAriaLabel: (index) => `Remove file ${index + 1}`,
            limitShowFewer: 'Show fewer',
            limitShowMore: 'Show more',
            errorIconAriaLabel: 'Error',
          }}
        />
      </FieldRow>
      <SelectField
        field={form.field('name')}
        label="Message type"
        options={messageTypes.map((value) => ({ value, label: value }))}
      />
      <TextField
        field={form.field('filter')}
        label="Topics"
        description="A topic filter: payloads of the topics that it matches are of this type, in lists, filters and charts too."
      />
    </FormDialog>
  )
}

async function storedFile(file: File): Promise<StoredFile> {
  return { name: file.name, base64: toBase64(new Uint8Array(await file.arrayBuffer())) }
}

function readFiles(files: readonly StoredFile[]): { readonly types: readonly string[]; readonly problem?: string } {
  if (files.length === 0) return { types: [] }
  const bytes = files.reduce((sum, { base64 }) => sum + base64.length, 0)
  if (bytes > MAX_FILES_BYTES) {
    return {
      types: [],
      problem: `The files are too large to be kept in a browser: at most ${formatBytes(MAX_FILES_BYTES)} in base64.`,
    }
  }
  try {
    return { types: readStoredFiles(files).messageTypes }
  } catch (error) {
    return { types: [], problem: messageOf(error) }
  }
}

const typesIn = (files: readonly StoredFile[]): readonly string[] => readFiles(files).types
