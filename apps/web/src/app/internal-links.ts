import { useRouter } from '@tanstack/react-router'
import { isDocumentationPath, isServerPath } from '@thingdeck/contract'
import { useEffect } from 'react'

/**
 * Lets every ordinary link to the console's own pages be followed by the router, without a load of the page. Components
 * just set `href`; new tabs, downloads and what the server answers (`/api`, `/auth`, `/docs`) stay the browser's.
 */
export function useInternalLinks(): void {
  const { history } = useRouter()
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const address = internalAddress(event)
      if (address === undefined) return
      event.preventDefault()
      history.push(address)
    }
    document.addEventListener('click', onClick)
    return () => document.removeEventListener('click', onClick)
  }, [history])
}

function internalAddress(event: MouseEvent): string | undefined {
  if (event.defaultPrevented || event.button !== 0) return undefined
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined
  const link = event.composedPath().find((element) => element instanceof HTMLAnchorElement)
  if (!link?.hasAttribute('href') || link.hasAttribute('download')) return undefined
  if ((link.target !== '' && link.target !== '_self') || link.origin !== location.origin) return undefined
  if (isServerPath(link.pathname) || isDocumentationPath(link.pathname)) return undefined
  return link.pathname + link.search + link.hash
}
