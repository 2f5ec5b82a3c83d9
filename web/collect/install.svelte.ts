type InstallPrompt = Event & { prompt: () => Promise<void> }

/** Whether the collector is on the home screen, may be put there, and whether a newer one waits. It never takes the place of one in use by itself. */
class Installer {
  isUpdateReady = $state(false)
  canInstall = $state(false)
  isInstalled = $state(false)
  #prompt: InstallPrompt | null = null
  #waiting: ServiceWorker | null = null

  begin(): void {
    this.isInstalled = matchMedia('(display-mode: standalone)').matches
    addEventListener('beforeinstallprompt', event => {
      event.preventDefault()
      this.#prompt = event as InstallPrompt
      this.canInstall = true
    })
    addEventListener('appinstalled', () => { this.isInstalled = true })
    void navigator.serviceWorker?.ready.then(registration => {
      const look = () => {
        this.#waiting = registration.waiting
        this.isUpdateReady = registration.waiting !== null && navigator.serviceWorker.controller !== null
      }
      look()
      registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look))
    })
  }

  async install(): Promise<void> {
    await this.#prompt?.prompt()
    this.canInstall = false
  }

  update(): void {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
    this.#waiting?.postMessage('update')
  }
}

export const installer = new Installer()
