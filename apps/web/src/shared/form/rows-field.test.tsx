import Input from '@cloudscape-design/components/input'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { fireEvent, render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { RowsField } from './rows-field.tsx'
import { useForm } from './use-form.ts'

interface Step {
  readonly name: string
  readonly share: string
}

function Steps() {
  const form = useForm<{ readonly steps: readonly Step[] }>({
    initial: { steps: [{ name: 'first', share: '10' }] },
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
            control: ({ share, name }, change) => (
              <Input ariaLabel={name} value={share} onChange={({ detail }) => change({ share: detail.value })} />
            ),
          },
        ]}
      />
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
