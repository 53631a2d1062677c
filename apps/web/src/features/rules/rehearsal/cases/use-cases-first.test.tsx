import { fireEvent, screen, within } from '@testing-library/react'
import type { KeptRuleCases } from '@thingdeck/contract'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { fakeApi, json, problem } from '../../../../../test/fake-api.ts'
import { renderPage } from '../../../../../test/render-page.tsx'
import { messageOf } from '../../../../shared/message-of.ts'
import { useCasesFirst } from './use-cases-first.tsx'

const KEPT: KeptRuleCases = {
  cases: [
    {
      name: 'warm',
      topic: 'dt/a',
      payload: '{"t":25}',
      receivedAtMs: 0,
      expected: { outcome: 'matched', output: '{"t":25}' },
    },
  ],
  revision: 1,
}

function Saving({ limit }: { readonly limit: number }) {
  const [said, setSaid] = useState('')
  const { ask, question } = useCasesFirst('Replace rule')
  const save = () => {
    const draft = { sql: `SELECT t FROM 'dt/a' WHERE t > ${limit}`, awsIotSqlVersion: '2016-03-23', actions: [] }
    ask('pumps', draft).then(
      () => setSaid('saved'),
      (error: unknown) => setSaid(messageOf(error)),
    )
  }
  return (
    <>
      <button type="button" onClick={save}>
        Save
      </button>
      <p role="status">{said}</p>
      {question}
    </>
  )
}

test('a draft that its test cases take is saved without a question', async () => {
  fakeApi({ '/api/rule-cases/pumps': () => json(KEPT) })
  await renderPage(<Saving limit={20} />)
  fireEvent.click(await screen.findByRole('button', { name: 'Save' }))
  expect(await screen.findByText('saved')).toBeTruthy()
})

test.each([
  ['Cancel', 'It was not sent, as test cases fail: warm.'],
  ['Replace rule all the same', 'saved'],
])('where a test case fails it is asked whether to save: %s', async (answer, said) => {
  fakeApi({ '/api/rule-cases/pumps': () => json(KEPT) })
  await renderPage(<Saving limit={30} />)
  fireEvent.click(await screen.findByRole('button', { name: 'Save' }))
  const dialog = await screen.findByRole('dialog', { name: 'Save it although 1 test case fails?' })
  expect(within(dialog).getByText('warm')).toBeTruthy()
  fireEvent.click(within(dialog).getByRole('button', { name: answer }))
  expect(await screen.findByText(said)).toBeTruthy()
})

test.each([
  ['Cancel', 'It was not sent, as its test cases could not be read.'],
  ['Replace rule all the same', 'saved'],
])('test cases that cannot be read keep nobody from saving, once it was asked: %s', async (answer, said) => {
  fakeApi({ '/api/rule-cases/pumps': () => problem(403, 'FORBIDDEN', 'Not today.') })
  await renderPage(<Saving limit={20} />)
  fireEvent.click(await screen.findByRole('button', { name: 'Save' }))
  const dialog = await screen.findByRole('dialog', { name: 'Save it without its test cases?' })
  expect(dialog.textContent).toContain('Not today.')
  fireEvent.click(within(dialog).getByRole('button', { name: answer }))
  expect(await screen.findByText(said)).toBeTruthy()
})
