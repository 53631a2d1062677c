import { type AnyRouter, useRouter } from '@tanstack/react-router'
import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { renderPage } from '../../../test/render-page.tsx'
import { CONTENT_ID } from '../../shared/focus-lost.ts'
import { useFocusOfPage } from './page-focus.tsx'

test('of two navigations at once the second does not forget that the first took the focus away', async () => {
  let router: AnyRouter | undefined
  function Page() {
    router = useRouter()
    useFocusOfPage()
    return (
      <div id={CONTENT_ID} tabIndex={-1}>
        <button type="button">Next page</button>
      </div>
    )
  }
  await renderPage(<Page />)
  const tell = (type: 'onBeforeNavigate' | 'onRendered') => {
    const location = router?.state.location
    // Of the address the parameters alone are others.
    router?.emit({ type, fromLocation: location, toLocation: location, pathChanged: false, hrefChanged: true } as never)
  }
  screen.getByRole('button').focus()
  tell('onBeforeNavigate')
  screen.getByRole('button').blur()
  tell('onBeforeNavigate')
  tell('onRendered')
  expect(document.activeElement?.id).toBe(CONTENT_ID)
  ;(document.activeElement as HTMLElement).blur()
  tell('onBeforeNavigate')
  tell('onRendered')
  expect(document.activeElement).toBe(document.body) // who had no focus is given none
})
