import SpaceBetween from '@cloudscape-design/components/space-between'
import { toBase64 } from '../../../shared/bytes-text.ts'
import { utf8Of } from '../../../shared/decode/text.ts'
import { JsonEditor } from '../../../shared/editor/create-editor.tsx'
import { jsonProblems } from '../../../shared/editor/json-problems.ts'
import { FieldRow, RadioField, TextField } from '../../../shared/form/fields.tsx'
import { OneFile } from '../../../shared/form/one-file.tsx'
import type { Form } from '../../../shared/form/use-form.ts'
import type { CommandValues } from './command-values.ts'

const FORMS = [
  { value: 'text', label: 'Text' },
  { value: 'base64', label: 'Bytes, in Base64' },
] as const

/** A payload that is always the same: written, or from a file. */
export function PayloadFields({ form }: { readonly form: Form<CommandValues> }) {
  const { form: how, contentType } = form.values
  const text = form.field('text')
  const take = async (file: File) => {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const read = utf8Of(bytes)
    form.change({
      ...(read === undefined ? { form: 'base64', base64: toBase64(bytes) } : { form: 'text', text: read }),
      ...(file.type !== '' && { contentType: file.type }),
    })
  }
  return (
    <SpaceBetween size="l">
      <TextField
        field={form.field('contentType')}
        label="Content type"
        description="Devices subscribe by it: application/json comes on …/request/json, application/cbor on …/request/cbor, any other on …/request."
        placeholder="application/json"
      />
      <RadioField field={form.field('form')} label="Written as" options={FORMS} />
      <SpaceBetween size="xs">
        {how === 'base64' ? (
          <TextField field={form.field('base64')} label="Payload in Base64" rows={6} constraint="Up to 32 KB." />
        ) : !/\bjson\b/i.test(contentType) ? (
          <TextField field={text} label="Payload" rows={6} constraint="Up to 32 KB." />
        ) : (
          <FieldRow field={text} label="Payload" constraint="Up to 32 KB.">
            <JsonEditor label="Payload" text={text.value} onChange={text.set} check={jsonProblems} />
          </FieldRow>
        )}
        <OneFile text="From a file" accept="*/*" onFile={(file) => void take(file)} />
      </SpaceBetween>
    </SpaceBetween>
  )
}
