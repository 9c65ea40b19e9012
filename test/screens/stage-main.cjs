// The main process of the pictures: one window as Athena's own, isolated and sandboxed, with nothing in it yet.
const { app, BrowserWindow } = require('electron');

void app.whenReady().then(() => {
  const window = new BrowserWindow({
    show: true,
    useContentSize: true,
    width: 1280,
    height: 800,
    backgroundColor: '#0a0b0f',
    webPreferences: { contextIsolation: true, sandbox: true, nodeIntegration: false, webSecurity: true, spellcheck: false, backgroundThrottling: false },
  });
  void window.loadURL('about:blank');
});
app.on('window-all-closed', () => app.quit());
