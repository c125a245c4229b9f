((e,n)=>{try{const s=localStorage,t=s["maru.theme"];n=s["maru.lang"]||n;t&&(e.dataset.theme=t)}catch{}e.lang=n})(document.documentElement,/^ja/.test(navigator.language)?"ja":"en")
