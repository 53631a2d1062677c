import '@cloudscape-design/global-styles/index.css'
import './shared/ui/theme.css'
import './shared/ui/text.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { askInDoubt } from './shared/clock/ask-in-doubt.ts'
import { followAppearance } from './shared/preferences/appearance.ts'
import { trustOwnFilesOnly } from './shared/trusted-types.ts'
import { keepFocus } from './shared/ui/keep-focus.ts'
import { keepPresses } from './shared/ui/keep-presses.ts'
import { withoutNamelessStops } from './shared/ui/without-nameless-stops.ts'

trustOwnFilesOnly()
followAppearance()
askInDoubt()
keepPresses()
keepFocus()
withoutNamelessStops()
const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
