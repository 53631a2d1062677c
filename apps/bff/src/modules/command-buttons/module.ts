import { type CommandButton, endpoints } from '@thingdeck/contract'
import { personOf } from '../../plugins/access.ts'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { KeptButtons } from './kept-buttons.ts'

const resourceOf = (buttonId: string) => ({ type: 'command-button', id: buttonId })
const contentOf = ({ buttonId: _, createdBy: __, ...content }: CommandButton) => content

/** Buttons that send a command, on each thing of a type; people share them. */
export const commandButtons: Module = {
  name: 'command-buttons',
  routes(app, { stores }) {
    const kept = new KeptButtons(stores.documents)

    route(app, endpoints.listCommandButtons, async () => ({ buttons: await kept.list() }))

    route(app, endpoints.createCommandButton, async (request) => {
      const button = await kept.create(request.body, personOf(request))
      request.noteAudit({ resource: resourceOf(button.buttonId), changes: changedMembers({}, contentOf(button)) })
      return button
    })

    route(app, endpoints.deleteCommandButton, async (request) => {
      const { buttonId } = request.params
      request.noteAudit({ resource: resourceOf(buttonId) })
      const removed = await kept.remove(buttonId)
      request.noteAudit({ changes: changedMembers(contentOf(removed), {}) })
      return undefined
    })
  },
}
