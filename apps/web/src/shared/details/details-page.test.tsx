import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { renderPage } from '../../../test/render-page.tsx'
import { ApiError } from '../http.ts'
import { DetailsPage } from './details-page.tsx'

const query = (data?: string) => ({ data, error: null, refetch: () => {} })

test('a page of little has its content without tabs, once it is read', async () => {
  const page = (data?: string) => (
    <DetailsPage
      title="hall-2"
      breadcrumbs={[]}
      what="hall"
      query={query(data)}
      notFound="There is no hall-2"
      content={(words) => <p>{words}</p>}
    />
  )
  await renderPage(page())
  expect(screen.getByText('Loading hall')).toBeTruthy()
  await renderPage(page('Six pumps'))
  expect(screen.getByText('Six pumps')).toBeTruthy()
  expect(screen.queryByRole('tab')).toBeNull()
})

test.each([
  ['ResourceNotFoundException', 'There is no hall-2'],
  ['NOT_FOUND', 'The hall could not be read'],
])('%s is told as %s: only AWS knows what there is; React misses no key', async (code, words) => {
  const complaint = vi.spyOn(console, 'error').mockReturnValue()
  const error = new ApiError({ code, message: 'None.', status: 404 })
  await renderPage(
    <DetailsPage
      title="hall-2"
      breadcrumbs={[]}
      what="hall"
      query={{ data: undefined, error, refetch: () => {} }}
      notFound="There is no hall-2"
      content="Six pumps"
    />,
  )
  expect(screen.getByText(words)).toBeTruthy()
  expect(screen.getByText('Six pumps')).toBeTruthy()
  expect(complaint).not.toHaveBeenCalled()
  complaint.mockRestore()
})

test('of what is not there: neither its own tabs nor a way to change it, and what others tell of it', async () => {
  const error = new ApiError({ code: 'ResourceNotFoundException', message: 'None.', status: 404 })
  await renderPage(
    <DetailsPage<string, 'pumps' | 'timeline'>
      title="hall-2"
      breadcrumbs={[]}
      what="hall"
      query={{ data: undefined, error, refetch: () => {} }}
      notFound="There is no hall-2"
      actions={[
        { id: 'close', text: 'Close hall', needs: 'viewer', onAction: () => {} },
        { id: 'things', text: 'Show things', href: '/things' },
      ]}
      tabs={[
        { id: 'pumps', label: 'Pumps', content: (words) => <p>{words}</p> },
        { id: 'timeline', label: 'Timeline', content: <p>Closed yesterday</p> },
      ]}
      search={{}}
      setSearch={() => {}}
    />,
  )
  expect(screen.getAllByRole('tab').map(({ textContent }) => textContent)).toEqual(['Timeline'])
  expect(screen.getByText('Closed yesterday')).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Show things' })).toBeTruthy()
  expect(screen.queryByText('Close hall')).toBeNull()
})
