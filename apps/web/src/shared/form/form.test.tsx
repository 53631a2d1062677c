import Button from '@cloudscape-design/components/button'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { ThingName } from '@thingdeck/contract'
import { expect, test, vi } from 'vitest'
import { renderPage } from '../../../test/render-page.tsx'
import { ApiError } from '../http.ts'
import { unsavedWork } from '../unsaved/unsaved-work.ts'
import { CheckField, SelectField, TextField } from './fields.tsx'
import { Form } from './form.tsx'
import { FormDialog } from './form-dialog.tsx'
import { limitsOf } from './text-limits.ts'
import { useForm } from './use-form.ts'

interface Values {
  readonly thingName: string
  readonly type: 'pump' | 'lamp'
  readonly note: string
  readonly isActive: boolean
}

const TYPES = [
  { value: 'pump', label: 'Pump' },
  { value: 'lamp', label: 'Lamp' },
] as const

interface CreateProps {
  readonly submit: (values: Values) => Promise<unknown>
  readonly onDone?: () => void
  readonly isDialog?: boolean
  readonly whyNot?: string
}

function Create({ submit, onDone, isDialog = false, whyNot }: CreateProps) {
  const form = useForm<Values>({
    initial: { thingName: '', type: 'pump', note: '', isActive: true },
    limits: { thingName: limitsOf(ThingName, 'letters, digits and : _ -'), note: { maxBytes: 8 } },
    atOnce: { thingName: (name) => (name === 'taken' ? 'There is one already.' : undefined) },
    rules: { type: (type, { note }) => (type === 'lamp' && note === '' ? 'A lamp needs a note.' : undefined) },
    fieldsOfCodes: { ResourceAlreadyExistsException: 'thingName' },
    submit,
    ...(onDone && { onDone }),
  })
  const fields = (
    <>
      <TextField field={form.field('thingName')} label="Name" />
      <SelectField field={form.field('type')} label="Type" options={TYPES} />
      <TextField field={form.field('note')} label="Note" rows={3} />
      <CheckField field={form.field('isActive')}>Active at once</CheckField>
      <Button onClick={() => form.change({ note: 'mine' })}>Suggest a note</Button>
    </>
  )
  const words = { form, action: 'Create thing', failure: 'The thing could not be created', whyNot }
  if (isDialog) {
    return (
      <FormDialog {...words} header="New thing" onClose={() => {}}>
        {fields}
      </FormDialog>
    )
  }
  return (
    <Form {...words} unsaved="the new thing" cancelHref="/things">
      {fields}
    </Form>
  )
}

const name = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' })
const type = (value: string) => fireEvent.change(name(), { target: { value } })
const send = () => fireEvent.click(screen.getByRole('button', { name: /^Create thing/ }))

test('what is missing is said when a field is left or the form sent, and the first such field gets the focus', async () => {
  const submit = vi.fn(async () => {})
  await renderPage(<Create submit={submit} />)
  expect(screen.queryByText('This cannot be empty.')).toBeNull()
  fireEvent.focus(name())
  fireEvent.blur(name())
  expect(await screen.findByText('This cannot be empty.')).toBeTruthy()
  send()
  await waitFor(() => expect(document.activeElement).toBe(name()))
  expect(submit).not.toHaveBeenCalled()
})

test('what stays wrong is said while somebody types, and how much there is room for', async () => {
  await renderPage(<Create submit={async () => {}} />)
  type('pump 7')
  expect(screen.getByText('Only letters, digits and : _ -, not blanks.')).toBeTruthy()
  type('taken')
  expect(screen.getByText('There is one already.')).toBeTruthy()
  type('pump-7')
  expect(screen.getByText('6 of 128 characters')).toBeTruthy()
  fireEvent.change(screen.getByRole('textbox', { name: 'Note' }), { target: { value: 'größer als' } })
  expect(screen.getByText('At most 8 bytes; this has 12, 4 too many.')).toBeTruthy()
})

test.each(['ctrlKey', 'metaKey'])('%s and Enter send, from wherever one is', async (key) => {
  const submit = vi.fn(async () => {})
  await renderPage(<Create submit={submit} />)
  type('pump-7')
  fireEvent.keyDown(screen.getByRole('textbox', { name: 'Note' }), { key: 'Enter', [key]: true })
  await waitFor(() => expect(submit).toHaveBeenCalledOnce())
  expect(submit.mock.calls[0]).toMatchObject([{ thingName: 'pump-7', type: 'pump', note: '', isActive: true }])
})

test.each([
  ['on a page', false],
  ['in a dialog', true],
])('a button that is for something else does that and sends nothing; Enter sends (%s)', async (_, isDialog) => {
  const submit = vi.fn(async () => {})
  await renderPage(<Create submit={submit} isDialog={isDialog} />)
  type('pump-7')
  fireEvent.click(screen.getByRole('button', { name: 'Suggest a note' }))
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Note' }).value).toBe('mine')
  expect(submit).not.toHaveBeenCalled()
  // Enter presses the first submit button of a form, as HTML says; jsdom does not.
  const first = name().closest('form')?.querySelector('button[type=submit]')
  if (first) fireEvent.click(first)
  await waitFor(() => expect(submit).toHaveBeenCalledOnce())
})

test.each([
  ['on a page', false],
  ['in a dialog', true],
])('what says why not is not sent, whatever is pressed (%s)', async (_, isDialog) => {
  const submit = vi.fn(async () => {})
  await renderPage(<Create submit={submit} isDialog={isDialog} whyNot="This needs the role admin." />)
  type('pump-7')
  fireEvent.keyDown(name(), { key: 'Enter', ctrlKey: true })
  const element = name().closest('form')
  if (element) fireEvent.submit(element)
  send()
  await waitFor(() => expect(screen.getByRole('button', { name: /^Create thing/ }).textContent).toContain('admin'))
  expect(submit).not.toHaveBeenCalled()
})

test("AWS's refusal stands at the field that it names, until that is changed", async () => {
  let refusal: Error | undefined = new ApiError({
    code: 'InvalidRequestException',
    message:
      "1 validation error detected: Value 'pump-7' at 'thingName' failed to satisfy constraint: Member must be pretty",
    status: 400,
  })
  const onDone = vi.fn()
  const submit = async () => {
    if (refusal) throw refusal
  }
  await renderPage(<Create submit={submit} onDone={onDone} />)
  type('pump-7')
  send()
  expect(await screen.findByText('It must be pretty')).toBeTruthy()
  await waitFor(() => expect(document.activeElement).toBe(name()))
  type('pump-8')
  expect(screen.queryByText('It must be pretty')).toBeNull()

  refusal = new ApiError({
    code: 'ResourceAlreadyExistsException',
    message: 'Thing pump-8 already exists.',
    status: 409,
  })
  send()
  expect(await screen.findByText('Thing pump-8 already exists.')).toBeTruthy()
  expect(screen.queryByText('The thing could not be created')).toBeNull()

  refusal = new ApiError({ code: 'ThrottlingException', message: 'Rate exceeded', status: 429 })
  send()
  expect(await screen.findByText('The thing could not be created')).toBeTruthy()
  expect(screen.getByText(/Rate exceeded \(ThrottlingException\)/)).toBeTruthy()
  expect(screen.getByRole('button', { name: /Copy details/ })).toBeTruthy()

  refusal = undefined
  send()
  await waitFor(() => expect(onDone).toHaveBeenCalledOnce())
})

test('it asks before it is left with what was not sent, and not before or after', async () => {
  const { history, go } = await renderPage(<Create submit={async () => {}} />)
  expect(unsavedWork()).toEqual([])
  type('pump-7')
  expect(unsavedWork()).toEqual(['the new thing'])
  go('/elsewhere')
  const dialog = await screen.findByRole('dialog', { name: 'Leave without saving?' })
  expect(within(dialog).getByText('Leaving this page loses the new thing.')).toBeTruthy()
  fireEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(history.location.pathname).toBe('/')
  expect(name().value).toBe('pump-7')

  go('/elsewhere')
  fireEvent.click(await screen.findByRole('button', { name: 'Leave' }))
  await waitFor(() => expect(history.location.pathname).toBe('/elsewhere'))
  expect(unsavedWork()).toEqual([])
})

test('what was sent is not asked about any more', async () => {
  const { history, go } = await renderPage(<Create submit={async () => {}} onDone={() => go('/elsewhere')} />)
  type('pump-7')
  send()
  await waitFor(() => expect(history.location.pathname).toBe('/elsewhere'))
})

test('in a dialog it is the same form: Enter and the primary button send it', async () => {
  const outcome = Promise.withResolvers<void>()
  const submit = vi.fn(() => outcome.promise)
  await renderPage(<Create submit={submit} isDialog />)
  const dialog = screen.getByRole('dialog', { name: 'New thing' })
  send()
  expect(within(dialog).getByText('This cannot be empty.')).toBeTruthy()
  type('pump-7')
  const element = name().closest('form')
  if (element) fireEvent.submit(element)
  await waitFor(() => expect(submit).toHaveBeenCalledOnce())
  send()
  expect(submit).toHaveBeenCalledOnce() // it is under way
  outcome.resolve()
})

test('what is wrong with a field that is left for a button is said once the button was clicked, not from under the pointer', async () => {
  renderPage(<Create submit={async () => {}} />)
  const name = await screen.findByLabelText('Name')
  const button = screen.getByRole('button', { name: 'Create thing' })
  fireEvent.pointerDown(button)
  fireEvent.blur(name)
  expect(screen.queryByText('This cannot be empty.')).toBeNull()
  fireEvent.pointerUp(button)
  expect(await screen.findByText('This cannot be empty.')).toBeTruthy()
})
