import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type ComponentProps, useRef, useState } from 'react'
import { messageOf } from '../message-of.ts'
import { TextField } from './fields.tsx'

/** PEM is a few KB; what is more is another file. */
const MOST_BYTES = 64 * 1024

/** A text of PEM that is pasted, or read from a file. */
export function PemField(props: ComponentProps<typeof TextField>) {
  const { field, label } = props
  const input = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string>()
  const take = async (file: File | undefined) => {
    if (!file) return
    if (file.size > MOST_BYTES) return setProblem(`${file.name} is larger than any PEM: choose another file.`)
    try {
      setProblem(undefined)
      field.set(await file.text())
      field.leave()
    } catch (error) {
      setProblem(`${file.name} could not be read: ${messageOf(error)}`)
    }
  }
  return (
    <SpaceBetween size="xs">
      <TextField {...props} field={{ ...field, error: problem ?? field.error }} />
      <Button
        iconName="upload"
        formAction="none"
        ariaLabel={`Choose a file for ${label}`}
        onClick={() => input.current?.click()}
      >
        Choose a file
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={`File of ${label}`}
        accept=".pem,.csr,.crt,.cer,.req,.txt"
        onChange={({ currentTarget }) => {
          void take(currentTarget.files?.[0])
          currentTarget.value = '' // so that the same file may be chosen again
        }}
      />
    </SpaceBetween>
  )
}
