import SpaceBetween from '@cloudscape-design/components/space-between'
import type { MadeCertificate } from '@thingdeck/contract'
import { useEffect, useRef, useState } from 'react'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import type { Parts } from '../../shared/feature/parts.ts'
import { PageHeader } from '../../shared/help/page-header.tsx'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { StepsInSight } from './components/steps-in-sight.tsx'
import { DeviceForm } from './device-form.tsx'
import { DeviceWait } from './device-wait.tsx'
import type { ConnectDeviceSearch } from './search.ts'

type ConnectDevicePageProps = SearchProps<ConnectDeviceSearch> & Pick<Parts, 'DeviceRefusals' | 'MessageView'>

/**
 * From a name to a connected device. What its address says is enough to come back to a device that is waited for; a
 * private key is in the memory of the page alone.
 */
export function ConnectDevicePage({ search, setSearch, ...parts }: ConnectDevicePageProps) {
  const { thing, certificate } = search
  /** What was made here, for as long as the page is open. */
  const [made, setMade] = useState<MadeCertificate>()
  /** The certificate is there, and what it is to have is still on its way. */
  const [isSettingUp, setSettingUp] = useState(false)
  const [isSaved, setSaved] = useState(false)
  const [isConnected, setConnected] = useState(false)
  usePageChrome({
    title: 'Connect a device',
    breadcrumbs: [
      { text: 'Things', href: paths.things() },
      { text: 'Connect a device', href: paths.connectDevice() },
    ],
  })
  // A plan goes on when the page is left: what it makes then is no matter of the address that somebody is at.
  const isHere = useRef(true)
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])
  const go = (where: ConnectDeviceSearch, options?: { readonly replace?: boolean }) => {
    if (isHere.current) setSearch(where, options)
  }
  const isWaiting = thing !== undefined && certificate !== undefined
  return (
    <SpaceBetween size="m">
      <PageHeader description="From a name to a device that is connected, with a key of its own.">
        Connect a device
      </PageHeader>
      <StepsInSight stage={isWaiting ? (isConnected ? 'connected' : 'waiting') : 'form'} />
      {isWaiting ? (
        <DeviceWait
          // Another device has another wait.
          key={`${thing} ${certificate}`}
          thingName={thing}
          certificateId={certificate}
          made={made?.certificateId === certificate ? made : undefined}
          isSettingUp={isSettingUp}
          isSaved={isSaved}
          search={search}
          setSearch={setSearch}
          onSaved={() => setSaved(true)}
          onConnected={() => setConnected(true)}
          onMade={(next) => {
            setConnected(false)
            setSaved(false)
            setMade(next)
            go({ certificate: next.certificateId }, { replace: true })
          }}
          {...parts}
        />
      ) : (
        <DeviceForm
          search={search}
          onMade={(next, where) => {
            setConnected(false)
            setSaved(false)
            setSettingUp(true)
            setMade(next)
            go(where)
          }}
          onUnmade={() => {
            setMade(undefined)
            if (isHere.current) setSearch({ certificate: undefined })
          }}
          onEnd={() => setSettingUp(false)}
          onSetUp={(where) => {
            setConnected(false)
            go(where)
          }}
        />
      )}
    </SpaceBetween>
  )
}
