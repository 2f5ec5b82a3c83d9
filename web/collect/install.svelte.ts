import { carryProgram, takeUpdate, watchUpdate } from './update.ts'

type InstallPrompt = Event & { prompt: () => Promise<void> }

/** Whether the program is on this phone, on its home screen, and whether a newer one waits. */
class Installer {
  /** Null: not known yet. */
  isCarried: boolean | null = $state(null)
  isUpdateReady = $state(false)
  canInstall = $state(false)
  isInstalled = $state(false)
  #prompt: InstallPrompt | null = null

  begin(): void {
    this.isInstalled = matchMedia('(display-mode: standalone)').matches
    addEventListener('beforeinstallprompt', event => {
      event.preventDefault()
      this.#prompt = event as InstallPrompt
      this.canInstall = true
    })
    addEventListener('appinstalled', () => { this.isInstalled = true })
    watchUpdate(() => { this.isUpdateReady = true })
  }

  async carry(): Promise<void> {
    if (!this.isCarried) this.isCarried = await carryProgram()
  }

  async install(): Promise<void> {
    await this.#prompt?.prompt()
    this.canInstall = false
  }

  update = takeUpdate
}

export const installer = new Installer()
