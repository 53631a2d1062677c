import { usePageChrome } from '../../src/shared/chrome/chrome.tsx'

export function PumpPage({ pumpName }: { readonly pumpName: string }) {
  usePageChrome({
    title: pumpName,
    breadcrumbs: [
      { text: 'Pumps', href: '/pumps' },
      { text: pumpName, href: `/pumps/${pumpName}` },
    ],
  })
  return <h1>{pumpName}</h1>
}
