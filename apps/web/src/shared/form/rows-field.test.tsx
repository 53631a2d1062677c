import Input from '@cloudscape-design/components/input'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { RowsField } from './rows-field.tsx'
import { useForm } from './use-form.ts'

interface Step {
  readonly name: string
  readonly share: string
}

afterEach(cleanup)

const tooMuch = (share: string) => (Number(share) > 100 ? 'At most 100.' : undefined)

function Steps() {
  const form = useForm<{ readonly steps: readonly Step[] }>({
    initial: { steps: [{ name: 'first', share: '10' }] },
    rules: { steps: (steps) => steps.map(({ share }) => tooMuch(share)).find((each) => each !== undefined) },
    submit: async () => {},
  })
  return (
    <>
      <RowsField
        field={form.field('steps')}
        label="Steps"
        description="One after the other."
        one="step"
        empty="None."
        fresh={{ name: 'next', share: '50' }}
        parts={[
          {
            label: 'Share',
            error: ({ share }) => tooMuch(share),
            control: ({ share, name }, change) => (
              <Input ariaLabel={name} value={share} onChange={({ detail }) => change({ share: detail.value })} />
            ),
          },
        ]}
      />
      <button type="button" onClick={() => form.submit()}>
        Submit
      </button>
      <output>{form.values.steps.map(({ name, share }) => `${name} ${share}`).join(', ') || 'nothing'}</output>
    </>
  )
}

test('a line is added as a fresh one, changed alone, and taken away', () => {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Steps />
    </QueryClientProvider>,
  )
  const said = () => document.querySelector('output')?.textContent
  fireEvent.click(screen.getByRole('button', { name: 'Add step' }))
  expect(said()).toBe('first 10, next 50')
  fireEvent.change(screen.getByRole('textbox', { name: 'next' }), { target: { value: '70' } })
  expect(said()).toBe('first 10, next 70')
  const [first] = screen.getAllByRole('button', { name: /^Remove/ })
  if (!first) throw new Error('No line can be taken away.')
  fireEvent.click(first)
  expect(said()).toBe('next 70')
})

test('what is wrong is said where it is, and the other lines are not marked', () => {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Steps />
    </QueryClientProvider>,
  )
  fireEvent.click(screen.getByRole('button', { name: 'Add step' }))
  fireEvent.change(screen.getByRole('textbox', { name: 'next' }), { target: { value: '170' } })
  fireEvent.click(screen.getByRole('button', { name: 'Submit' }))
  const marked = (name: string) => screen.getByRole('textbox', { name }).getAttribute('aria-invalid')
  expect([marked('first'), marked('next')]).toEqual([null, 'true'])
  expect(screen.getAllByText('At most 100.')).toHaveLength(1)
})
