import { endpoints, type SharedView } from '@thingdeck/contract'
import { personOf } from '../../plugins/access.ts'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { MOST_VIEWS, SharedViews } from './shared-views.ts'

const resourceOf = (viewId: string) => ({ type: 'shared-view', id: viewId })
const contentOf = ({ name, content }: SharedView) => ({ name, ...content })

/** Views that people share: of live messages, of lists, and checks of the simulator. */
export const savedViews: Module = {
  name: 'saved-views',
  routes(app, { stores }) {
    const views = new SharedViews(stores.documents)

    route(app, endpoints.listSharedViews, async () => ({ views: await views.list(), most: MOST_VIEWS }))

    route(app, endpoints.shareView, async (request) => {
      const view = await views.share(request.body, personOf(request))
      request.noteAudit({ resource: resourceOf(view.viewId), changes: changedMembers({}, contentOf(view)) })
      return view
    })

    route(app, endpoints.changeSharedView, async (request) => {
      const { viewId } = request.params
      request.noteAudit({ resource: resourceOf(viewId) })
      const { before, after } = await views.change(viewId, request.body, personOf(request))
      request.noteAudit({ changes: changedMembers(contentOf(before), contentOf(after)) })
      return after
    })

    route(app, endpoints.deleteSharedView, async (request) => {
      const { viewId } = request.params
      request.noteAudit({ resource: resourceOf(viewId) })
      const removed = await views.remove(viewId, personOf(request))
      request.noteAudit({ changes: changedMembers(contentOf(removed), {}) })
      return undefined
    })
  },
}
