import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { validateConnectDeviceSearch } from './search.ts'

export const onboarding: Feature = {
  name: 'onboarding',
  pages: [
    definePage({
      path: ADDRESSES.connectDevice,
      validateSearch: validateConnectDeviceSearch,
      takes: ['DeviceRefusals', 'MessageView'],
      load: async () => (await import('./connect-device-page.tsx')).ConnectDevicePage,
      help: async () => (await import('./help.ts')).connectDeviceHelp,
    }),
  ],
  navigation: [
    {
      section: 'Fleet',
      place: 54,
      title: 'Connect a device',
      href: paths.connectDevice(),
      does: 'Go to the page that connects a device',
    },
  ],
}
