import { acceptCompletion, currentCompletions, startCompletion } from '@codemirror/autocomplete'
import { EditorView } from '@codemirror/view'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { SessionProvider } from '../session/session.tsx'
import { PolicyEditor } from './policy-editor.tsx'

afterEach(() => {
  cleanup()
  expect(submitted, 'what mends a document sends nothing').not.toHaveBeenCalled()
})
// What jsdom lacks: CodeMirror asks for the selection as in Safari, and measures what it scrolls to.
document.execCommand ??= () => false
Range.prototype.getClientRects ??= () => document.createElement('i').getClientRects()

const SESSION = {
  person: { id: 'ada', name: 'Ada', role: 'admin' },
  account: '123456789012',
  region: 'eu-central-1',
  environment: 'test',
  environmentKind: 'embedded',
} as const
const ARN = 'arn:aws:iot:eu-central-1:123456789012:'
const THING = '${iot:Connection.Thing.ThingName}'

const policy = (...statements: object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements }, undefined, 2)
const allow = (Action: string, resource: string) => ({ Effect: 'Allow', Action, Resource: ARN + resource })

const submitted = vi.fn()

function Page({ text, refusal }: { readonly text: string; readonly refusal?: string | undefined }) {
  const [value, setValue] = useState(text)
  return (
    <SessionProvider value={SESSION}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          submitted()
        }}
      >
        <PolicyEditor label="Document" value={value} onChange={setValue} refusal={refusal} />
      </form>
      <output>{value}</output>
    </SessionProvider>
  )
}

async function open(text: string, refusal?: string) {
  const { container } = render(<Page text={text} refusal={refusal} />)
  const view = await waitFor(() => {
    const content = container.querySelector('.td-editor > div')?.shadowRoot?.querySelector<HTMLElement>('.cm-content')
    const found = content && EditorView.findFromDOM(content)
    if (!found) throw new Error('The editor did not open.')
    return found
  })
  const value = () => container.querySelector('output')?.textContent
  return { view, value }
}

const found = () => [...document.querySelectorAll('.td-findings li')].map(({ textContent }) => textContent)

test('what was found stands below in words, and each fix is a button that changes the text', async () => {
  const { value } = await open(policy(allow('iot:Connect', 'client/*')))
  expect(found()[0]).toMatch(/^Line \d+ Whoever has this policy connects under every client id/)
  screen.getByRole('button', { name: `Use client/${THING}` }).click()
  await waitFor(() => expect(value()).toBe(policy(allow('iot:Connect', `client/${THING}`))))
  expect(await screen.findByText('AWS takes this document, and nothing in it looks wrong')).toBeTruthy()
})

test('a place is shown in the editor', async () => {
  const text = policy(allow('iot:Connect', 'client/*'))
  const { view } = await open(text)
  screen.getByRole('button', { name: /^Go to line/ }).click()
  await waitFor(() => expect(view.state.selection.main.empty).toBe(false))
  const { from, to } = view.state.selection.main
  expect(text.slice(from, to)).toBe(`"${ARN}client/*"`)
})

test('what AWS refuses is said with its line, and what was meant is one click away', async () => {
  const { value } = await open(policy({ ...allow('iot:Connect', `client/${THING}`), Effect: 'Alow' }))
  expect(screen.getByText('1 error')).toBeTruthy()
  expect(found()).toEqual([expect.stringMatching(/^Line 5 Effect must be "Allow" or "Deny", not "Alow"\./)])
  screen.getByRole('button', { name: 'Use Allow' }).click()
  await waitFor(() => expect(value()).toContain('"Effect": "Allow"'))
})

test('the length is counted as AWS counts, and the layout is one click', async () => {
  const long = policy(...Array.from({ length: 30 }, (_, index) => allow('iot:Publish', `topic/dt/${index}`)))
  const { value } = await open(JSON.stringify(JSON.parse(long)))
  expect(screen.getByText(/of 2,048 characters without white space: AWS refuses it/)).toBeTruthy()
  screen.getByRole('button', { name: 'Format the document' }).click()
  await waitFor(() => expect(value()).toBe(long))
})

test('what is begun is completed, with what follows the cursor', async () => {
  const { view } = await open('{"Statement": {"Action": "iot:Subs"}}')
  view.dispatch({ selection: { anchor: view.state.doc.toString().indexOf('"}}') } })
  startCompletion(view)
  await waitFor(() => expect(currentCompletions(view.state).map(({ label }) => label)[0]).toBe('iot:Subscribe'))
  // A choice is not taken while it may still have come under the finger of somebody who types.
  await waitFor(() => expect(acceptCompletion(view)).toBe(true))
  expect(view.state.doc.toString()).toBe('{"Statement": {"Action": "iot:Subscribe"}}')
})

test('an empty document is not written yet', async () => {
  await open('')
  expect(document.querySelector('.td-findings')).toBeNull()
})

test('what AWS refused is said at the top, and leads to the place that its words name', async () => {
  const { view } = await open(
    policy(allow('iot:Connect', 'client/a')),
    'Policy document is Malformed: Unsupported client (at Statement[0].Resource)',
  )
  expect(screen.getByText('This document was refused')).toBeTruthy()
  expect(screen.getByText(/Unsupported client/)).toBeTruthy()
  screen.getByRole('button', { name: 'Go to line 7' }).click()
  await waitFor(() => {
    const { from, to } = view.state.selection.main
    expect(view.state.sliceDoc(from, to)).toBe(JSON.stringify(`${ARN}client/a`))
  })
})

test('where the words name no place, they are said alone', async () => {
  await open(policy(allow('iot:Connect', 'client/a')), 'Policy document is malformed')
  expect(screen.getByText('Policy document is malformed')).toBeTruthy()
  expect(screen.queryByRole('button', { name: /^Go to line \d+$/ })).toBeNull()
})
