import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type BodyOf, type endpoints, MOST_STREAM_FILES, RoleArn, type Stream, StreamId } from '@thingdeck/contract'
import { TextField } from '../../shared/form/fields.tsx'
import { type Pair, pairsRule } from '../../shared/form/pairs-field.tsx'
import { RowsField } from '../../shared/form/rows-field.tsx'
import { limitsOf } from '../../shared/form/text-limits.ts'
import type { Form, Rule } from '../../shared/form/use-form.ts'
import { IotRoleField } from '../../shared/iot-roles/role-field.tsx'
import { TAG_RULES } from '../../shared/tags/tag-rules.ts'
import { TagsField } from '../../shared/tags/tags-field.tsx'

/** A file as it is typed. */
interface FileValues {
  readonly fileId: string
  readonly bucket: string
  readonly key: string
  /** `''`: the latest. */
  readonly version: string
}

export interface StreamValues {
  readonly streamId: string
  readonly description: string
  readonly roleArn: string
  readonly files: readonly FileValues[]
  readonly tags: readonly Pair[]
}

const FRESH: FileValues = { fileId: '0', bucket: '', key: '', version: '' }

export const NEW_STREAM: StreamValues = { streamId: '', description: '', roleArn: '', files: [FRESH], tags: [] }

export const valuesOf = ({ streamId, description = '', roleArn = '', files }: Stream): StreamValues => ({
  streamId,
  description,
  roleArn,
  files: files.map(({ fileId, s3Location: { bucket = '', key = '', version = '' } }) => ({
    fileId: String(fileId),
    bucket,
    key,
    version,
  })),
  tags: [],
})

/** What is sent. */
export const contentOf = ({ description, roleArn, files }: StreamValues): BodyOf<typeof endpoints.updateStream> => ({
  // AWS takes no empty one.
  ...(description !== '' && { description }),
  roleArn,
  files: files.map(({ fileId, bucket, key, version }) => ({
    fileId: Number(fileId),
    s3Location: { bucket, key, ...(version !== '' && { version }) },
  })),
})

export const LIMITS = {
  streamId: limitsOf(StreamId, 'letters, digits and _ -'),
  description: { maxLength: 2_028 },
  roleArn: limitsOf(RoleArn, 'the ARN of a role, arn:aws:iam::ACCOUNT:role/NAME'),
}

const numberProblem = (fileId: string): string | undefined =>
  /^\d{1,3}$/.test(fileId) && Number(fileId) <= 255
    ? undefined
    : `The number of a file is from 0 to 255, not ${fileId === '' ? 'empty' : fileId}.`

const missing = (text: string, what: string): string | undefined =>
  text === '' ? `Each file needs its ${what}.` : undefined

export const RULES: { readonly [K in keyof StreamValues]?: Rule<StreamValues[K], StreamValues> } = {
  files: (files) => {
    if (files.length === 0) return 'A stream needs a file.'
    const wrong = files.map(({ fileId }) => numberProblem(fileId)).find((each) => each !== undefined)
    if (wrong !== undefined) return wrong
    const ids = files.map(({ fileId }) => Number(fileId))
    if (new Set(ids).size < ids.length) return 'Each file needs a number of its own: devices know it by that alone.'
    return files
      .map(({ bucket, key }) => missing(bucket, 'bucket') ?? missing(key, 'key'))
      .find((each) => each !== undefined)
  },
  tags: pairsRule(TAG_RULES),
}

interface StreamFieldsProps {
  readonly form: Form<StreamValues>
  readonly isNew: boolean
}

export function StreamFields({ form, isNew }: StreamFieldsProps) {
  const input =
    (part: keyof FileValues, label: string, placeholder?: string) =>
    (file: FileValues, change: (changed: Partial<FileValues>) => void) => (
      <Input
        ariaLabel={label}
        value={file[part]}
        spellcheck={false}
        autoComplete={false}
        {...(placeholder !== undefined && { placeholder })}
        onChange={({ detail }) => change({ [part]: detail.value.trim() })}
      />
    )
  return (
    <SpaceBetween size="l">
      {isNew && (
        <TextField
          field={form.field('streamId')}
          label="Id"
          description="Devices have it in the topics of their requests."
          placeholder="pump-firmware-2_1"
        />
      )}
      <TextField field={form.field('description')} label="Description" description="Devices are told it, too." />
      <RowsField
        field={form.field('files')}
        label="Files"
        description="In S3, up to 24 MB each. AWS looks at each now: one that is not there, or that the role may not read, is refused."
        one="file"
        empty="No file yet."
        fresh={{ ...FRESH, fileId: String(nextId(form.values.files)) }}
        most={MOST_STREAM_FILES}
        parts={[
          { label: 'Number', error: ({ fileId }) => numberProblem(fileId), control: input('fileId', 'Number') },
          { label: 'Bucket', error: ({ bucket }) => missing(bucket, 'bucket'), control: input('bucket', 'Bucket') },
          { label: 'Key', error: ({ key }) => missing(key, 'key'), control: input('key', 'Key') },
          { label: 'Version in S3', control: input('version', 'Version in S3', 'the latest') },
        ]}
      />
      <IotRoleField
        field={form.field('roleArn')}
        description="AWS IoT reads the files by it: it trusts iot.amazonaws.com, and may s3:GetObject (and s3:GetObjectVersion) on them. The console needs iam:PassRole on it."
        placeholder="arn:aws:iam::123456789012:role/streams"
      />
      {isNew && <TagsField field={form.field('tags')} />}
    </SpaceBetween>
  )
}

const nextId = (files: readonly FileValues[]): number =>
  files.reduce((most, { fileId }) => Math.max(most, Number(fileId) || 0), -1) + 1
