import { fillAddress } from '../../src/shared/address.ts'
import { usePageChrome } from '../../src/shared/chrome/chrome.tsx'

export function PumpPage({ pumpName }: { readonly pumpName: string }) {
  usePageChrome({
    title: pumpName,
    breadcrumbs: [
      { text: 'Pumps', href: '/pumps' },
      { text: pumpName, href: fillAddress('/pumps/$pumpName', { pumpName }) },
    ],
  })
  return <h1>{pumpName}</h1>
}
