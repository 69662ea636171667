/** Puts the frame into the page. */
const frame = document.createElement('iframe');
frame.src = chrome.runtime.getURL(`frame.html${location.search}`);
frame.style.cssText = 'position:fixed;inset:0 0 0 auto;width:384px;height:100%;border:0';
document.body.append(frame);
