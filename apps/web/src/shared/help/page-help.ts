import { createContext, use, useEffect, useMemo, useState } from 'react'
import type { PageHelp } from './help.ts'

/** The help of the page that is open, before it is fetched. */
export interface HelpOffer {
  /** Of the page: the same for whatever it is about. */
  readonly path: string
  readonly load: () => Promise<PageHelp<Readonly<Record<string, string>>>>
  readonly params: Readonly<Record<string, string>>
}

interface HelpOfPage {
  readonly offer: HelpOffer | undefined
  readonly setOffer: (offer: HelpOffer | undefined) => void
  /** Shows the help, with the keyboard in it. */
  readonly open: () => void
}

const HelpContext = createContext<HelpOfPage | undefined>(undefined)
export const HelpProvider = HelpContext

/** For the shell: the help of the page that is open; `open` shows it. */
export function useHelpOfPage(open: () => void): HelpOfPage {
  const [offer, setOffer] = useState<HelpOffer>()
  return useMemo(() => ({ offer, setOffer, open }), [offer, open])
}

/** For a page's route: while it is there, the shell offers its help. */
export function useOfferHelp(path: string, load: HelpOffer['load'] | undefined, params: HelpOffer['params']): void {
  const setOffer = use(HelpContext)?.setOffer
  const key = JSON.stringify(params)
  useEffect(() => {
    if (!load || !setOffer) return
    setOffer({ path, load, params: JSON.parse(key) as HelpOffer['params'] }) // it was made of them
    return () => setOffer(undefined)
  }, [path, load, key, setOffer])
}

/** How the help of the page that is open is shown; `undefined` where it has none. */
export function useOpenHelp(): (() => void) | undefined {
  const help = use(HelpContext)
  return help?.offer && help.open
}
