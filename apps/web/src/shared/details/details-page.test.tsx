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
