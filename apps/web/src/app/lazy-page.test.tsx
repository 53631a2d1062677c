import { QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import type { ComponentType } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fakeApi } from '../../test/fake-api.ts'
import { lazyPage } from './lazy-page.tsx'
import { createQueryClient } from './query-client.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const Page = () => <p>The page</p>
const show = (Lazy: ComponentType) =>
  render(
    <QueryClientProvider client={createQueryClient()}>
      <Lazy />
    </QueryClientProvider>,
  )
const after = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))

test('a page that comes quickly shows no sign of waiting, one that does not shows it soon', async () => {
  const code = Promise.withResolvers<ComponentType>()
  show(lazyPage('slow', () => code.promise))
  await after(200)
  expect(screen.queryByRole('status')).toBeNull()
  await after(200)
  expect(screen.getByRole('status').textContent).toContain('Loading page')
  code.resolve(Page)
  await after(1)
  expect(screen.getByText('The page')).toBeTruthy()
})

test('a page keeps what is on it when everything is read anew', async () => {
  // As pages are made of their parts: another component each time.
  const Lazy = lazyPage('typed', async () => () => <input aria-label="Name" />)
  const client = createQueryClient()
  render(
    <QueryClientProvider client={client}>
      <Lazy />
    </QueryClientProvider>,
  )
  await after(1)
  fireEvent.change(screen.getByLabelText('Name'), { target: { value: 'pump-7' } })
  await act(() => client.invalidateQueries())
  await after(1)
  expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('pump-7')
})

test('code that does not come is an error, which ends when it comes after all', async () => {
  const code = Promise.withResolvers<ComponentType>()
  show(lazyPage('hung', () => code.promise))
  await after(20_001)
  expect(screen.getByText('The page could not be loaded')).toBeTruthy()
  code.resolve(Page)
  await after(1)
  expect(screen.getByText('The page')).toBeTruthy()
})

test('what could not be fetched is fetched again on demand, without leaving the console', async () => {
  fakeApi({})
  let attempts = 0
  const load = async () => {
    attempts += 1
    if (attempts === 1) throw new TypeError('Failed to fetch dynamically imported module')
    return Page
  }
  show(lazyPage('down', load))
  await after(1)
  expect(screen.getByText(/\(NETWORK\)/)).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  await after(1)
  expect(screen.getByText('The page')).toBeTruthy()
})
